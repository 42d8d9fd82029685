// What the page tells its modules: whose it is, which sheet, and where to ask.
const { person, personName, sheet, token, signIn, signOut, presence } =
  document.getElementById("writing").dataset;

export const page = { person: Number(person), personName, sheet, token, signIn, signOut, presence };
