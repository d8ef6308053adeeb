//! Tasks that use the student's own helpers from an earlier task.

use checker::verdict::Outcome;
use checker::verdict::code::Code;

use super::course::{Class, FOLDERS, outcomes, student};

const HELPER: &str = "\npub fn helper() -> usize { 0 }\n";

#[test]
fn a_helper_of_a_task_before_may_be_used_where_that_is_right() {
    let class = Class::new();
    let uses_it = |crate_of| format!("\npub fn used() -> usize {{ {crate_of}::helper() }}\n");
    let first = class.known("01-basic-coroutine/always-max-when-long.rs");
    for (name, first) in [("ann", &class.solution(&FOLDERS[0])), ("ben", &first)] {
        class.solves_all(name);
        class.hand_in(name, &FOLDERS[0], first.clone() + HELPER);
        let second = class.solution(&FOLDERS[1]) + &uses_it("basic_coroutine") + HELPER;
        class.hand_in(name, &FOLDERS[1], second);
        let third = class.solution(&FOLDERS[2]) + &uses_it("concurrent_coroutines");
        class.hand_in(name, &FOLDERS[2], third);
    }
    class.solves_all("cem");
    class.hand_in("cem", &FOLDERS[1], class.solution(&FOLDERS[1]) + &uses_it("basic_coroutine"));
    class.hand_in("dan", &FOLDERS[1], class.solution(&FOLDERS[1]) + &uses_it("basic_coroutine"));
    let reads =
        HELPER.to_string() + "pub fn reads() -> &'static str { include_str!(\"lib.rs\") }\n";
    class.solves_all("eve");
    class.hand_in("eve", &FOLDERS[0], class.solution(&FOLDERS[0]) + &reads);
    class.hand_in("eve", &FOLDERS[1], class.solution(&FOLDERS[1]) + &uses_it("basic_coroutine"));

    let (code, printed) = class.grade("out", &[]);
    assert_eq!(code, Some(0), "{printed}");
    let results = class.results("out");
    let notes = |name| -> Vec<Vec<String>> {
        student(&results, name).tasks.iter().map(|task| task.notes.clone()).collect()
    };
    let code_of = |name, number| {
        student(&results, name).task(number).and_then(|task| task.report.verdict.code())
    };
    assert_eq!(outcomes(student(&results, "ann")), [Outcome::Passed; 5]);
    for (at, notes) in notes("ann").iter().enumerate() {
        assert_eq!(notes.len(), usize::from(at == 1 || at == 2), "{notes:?}");
    }
    assert!(notes("ann")[1][0].contains("judged on top of the earlier tasks as handed in"));
    // what something is wrong with is not built on, and it is said why
    assert_eq!([2, 3].map(|number| code_of("ben", number)), [Some(Code::Compile); 2]);
    assert!(notes("ben")[1][0].contains("With task 1 as handed in it does compile"));
    assert!(notes("ben")[2][0].contains("With task 2 as handed in it does compile"));
    // nobody has that helper, or nothing was handed in for the task that should have it, or what was is refused
    for name in ["cem", "dan", "eve"] {
        assert_eq!(code_of(name, 2), Some(Code::Compile));
        assert!(notes(name).concat().is_empty());
    }
}
