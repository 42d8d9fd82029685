// Protects what a person types into a form, as writing/ does for entries: a warning before leaving,
// a copy in the tab, sent only as that person. Where nobody is signed in, only the warning.
import { forms } from "./forms.js";
import "./leaving.js";

if (document.getElementById("sign-in-dialog")) {
  import("./keeping.js");
  if (forms.length) import("./person.js");
}
