// The page: puts everything up once, and then follows the address.

/** Shows what the address says. */
function show() {
  const state = here();
  setFilter(state);
  showMatrix(state);
  showStudent(state);
}

/** The themes: the system's own until somebody chooses, and then the chosen one. */
function makeTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const say = () => byId("theme").replaceChildren(isDark() ? "Light theme" : "Dark theme");
  const kept = remembered();
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    say();
  });
  dark.addEventListener("change", say);
  say();
}

const THEME = "await-and-see-theme";

/** Some browsers keep nothing for files on disk. */
function remembered() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem(THEME, theme);
  } catch {
    // then the theme holds until the page is closed
  }
}

makeTheme();
makeFilter();
makeMatrix();
makeStudent();
showClass();
showMistakes();
byId("skip").addEventListener("click", (event) => toPart(event, "students"));
window.addEventListener("hashchange", show);
show();
