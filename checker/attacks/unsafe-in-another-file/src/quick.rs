//! Where the unsafe code is.

pub fn nothing() {
    let number = [1_u8];
    let _ = unsafe { number.get_unchecked(0) };
}
