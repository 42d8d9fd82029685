// What the page tells its modules: whose it is, where to ask, and which sheet is written on it.
const { person, personName, token, signIn, signOut } = document.getElementById("sign-in-dialog").dataset;
const { sheet, presence } = document.getElementById("writing")?.dataset ?? {};

export const page = { person: Number(person), personName, sheet, token, signIn, signOut, presence };
