// The editor of an exercise: CodeMirror, with what one expects at work and nothing that pops up.
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
} from "./npm/@codemirror/commands/dist/index.js";
import {
  HighlightStyle,
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "./npm/@codemirror/language/dist/index.js";
import { EditorState } from "./npm/@codemirror/state/dist/index.js";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "./npm/@codemirror/view/dist/index.js";
import { tags } from "./npm/@lezer/highlight/dist/index.js";

const languages = {
  python: async () =>
    (await import("./npm/@codemirror/lang-python/dist/index.js")).pythonLanguage,
  sql: async () =>
    (await import("./npm/@codemirror/lang-sql/dist/index.js")).PostgreSQL.language,
  yaml: async () => (await import("./npm/@codemirror/lang-yaml/dist/index.js")).yamlLanguage,
};

// The same colours as the code of the page.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.self, tags.operatorKeyword], color: "var(--keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.propertyName],
    color: "var(--function)",
  },
  { tag: [tags.comment, tags.operator, tags.punctuation], color: "var(--soft)" },
]);

/**
 * Put an editor into `place`. `said.changed(text)` hears every change, `said.check()` Ctrl-Enter.
 * The view: its text is `view.state.doc.toString()`.
 */
export async function open(place, language, text, label, description, said) {
  const spoken = await languages[language]?.();
  const spaces = language === "python" ? "    " : "  ";
  return new EditorView({
    parent: place,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([
          { key: "Mod-Enter", run: () => (said.check(), true) },
          indentWithTab,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        history(),
        lineNumbers(),
        drawSelection(),
        highlightActiveLine(),
        bracketMatching(),
        indentOnInput(),
        indentUnit.of(spaces),
        EditorState.tabSize.of(4),
        syntaxHighlighting(colours),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": description,
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) said.changed(update.state.doc.toString());
        }),
        spoken ?? [],
      ],
    }),
  });
}

/** Another text, as one step that Ctrl-Z takes back. */
export function replace(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}
