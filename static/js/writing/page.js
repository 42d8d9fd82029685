// The data of the page for its modules: its person, the URLs, and the sheet.
const { person, personName, token, signIn, signOut } = document.getElementById("sign-in-dialog").dataset;
const { sheet, presence } = document.getElementById("writing")?.dataset ?? {};

export const page = { person: Number(person), personName, sheet, token, signIn, signOut, presence };
