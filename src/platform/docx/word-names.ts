/** Names of WordprocessingML, by namespace and not by prefix. */
import type { XmlTag } from "./xml-part.ts";
import { attributeOf } from "./xml-part.ts";

/** ECMA-376 transitional, which Word and WPS write, and strict. */
const wordNamespaces = new Set([
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
  "http://purl.oclc.org/ooxml/wordprocessingml/main",
]);
const compatibilityNamespace = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const alternatives = new Set(["AlternateContent", "Choice", "Fallback"]);

/** The local name of an element of Word, or of one of its alternatives (mc:); "" for every other element. */
export function kindOf(tag: XmlTag): string {
  if (wordNamespaces.has(tag.uri)) return tag.local;
  return tag.uri === compatibilityNamespace && alternatives.has(tag.local) ? tag.local : "";
}

/** A property that is there is on, unless it says otherwise. */
export function isOn(tag: XmlTag): boolean {
  return !["0", "false", "off"].includes(attributeOf(tag, "val") ?? "");
}
