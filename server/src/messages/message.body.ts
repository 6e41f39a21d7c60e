import { convert } from "html-to-text";
import sanitizeHtml from "sanitize-html";
import { trimLongText } from "../inputs/fields.ts";
import { invalid } from "../wire/errors.ts";

export const bodyMaxLength = 100_000;

/** Cleaning takes time for each, and nobody else is served meanwhile. */
const mostTags = 5_000;

export interface MessageBody {
  bodyText: string;
  bodyHtml: string | null;
}

/** What may stay of a body's HTML: text, structure, links and images by address. No script, style or form. */
const cleaning: sanitizeHtml.IOptions = {
  allowedTags: [
    ...["a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "img"],
    ...[
      "li",
      "ol",
      "p",
      "pre",
      "s",
      "span",
      "strong",
      "sub",
      "sup",
      "table",
      "tbody",
      "td",
      "th",
      "thead",
      "tr",
      "u",
      "ul",
    ],
  ],
  allowedAttributes: {
    a: ["href", "title"],
    img: ["src", "alt", "title", "width", "height"],
    td: ["colspan", "rowspan"],
    th: ["colspan", "rowspan"],
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: { img: ["https", "cid"] },
  allowProtocolRelative: false,
  // Deeper is no letter, and takes its time squared.
  nestingLimit: 60,
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...absolute(attribs, "href"), rel: "noopener noreferrer nofollow" },
    }),
    img: (tagName, attribs) => ({ tagName, attribs: absolute(attribs, "src") }),
  },
  // An image that shows nothing.
  exclusiveFilter: ({ tag, attribs }) => tag === "img" && !attribs.src,
};

/**
 * Without an address that is relative: in a frontend it would lead to the frontend's own server, with the reader's
 * credentials. Which schemes may stay is said above.
 */
function absolute(attribs: sanitizeHtml.Attributes, name: string): sanitizeHtml.Attributes {
  const { [name]: address = "", ...others } = attribs;
  return /^[a-z][a-z\d+.-]*:/i.test(address.trim()) ? attribs : others;
}

(cleaning.allowedAttributes as Record<string, string[]>).a?.push("rel");

/**
 * The body to keep: exactly one of text and HTML is given; HTML is cleaned and gets a text of its own.
 *
 * @throws VALIDATION when both or none are given, or nothing is left of it
 */
export function parseBody(input: {
  bodyText?: string | null | undefined;
  bodyHtml?: string | null | undefined;
}): MessageBody {
  const { bodyText, bodyHtml } = input;
  if ((bodyText == null) === (bodyHtml == null)) {
    throw invalid(["input", "bodyText"], "Give exactly one of bodyText and bodyHtml.", "EXACTLY_ONE");
  }
  if ((bodyHtml ?? bodyText ?? "").length > 4 * bodyMaxLength)
    throw tooLong(bodyHtml == null ? "bodyText" : "bodyHtml");
  if (bodyHtml != null && bodyHtml.split("<", mostTags + 2).length > mostTags + 1)
    throw invalid(
      ["input", "bodyHtml"],
      `The bodyHtml has more than ${mostTags.toLocaleString("en")} tags; send it as bodyText, or in parts.`,
      "TOO_LONG",
    );
  const html = bodyHtml == null ? null : sanitizeHtml(bodyHtml.replaceAll("\0", ""), cleaning).trim();
  const text =
    html === null
      ? trimLongText(bodyText as string)
      : trimLongText(convert(html, { wordwrap: false, limits: { maxDepth: 100 } }));
  const field = html === null ? "bodyText" : "bodyHtml";
  if (text === "" && !html?.includes("<img")) {
    throw invalid(["input", field], `The ${field} has nothing to read in it.`, "EMPTY");
  }
  if (text.length > bodyMaxLength || (html?.length ?? 0) > 4 * bodyMaxLength) {
    throw tooLong(field);
  }
  return { bodyText: text, bodyHtml: html };
}

function tooLong(field: string) {
  const message = `The body has more than ${bodyMaxLength.toLocaleString("en")} characters.`;
  return invalid(["input", field], message, "TOO_LONG");
}

const previewLength = 200;

/** The first line or so of a body, for lists. */
export function previewOf(bodyText: string): string {
  const line = bodyText.replace(/\s+/g, " ").trim();
  if (line.length <= previewLength) return line;
  return `${line.slice(0, previewLength - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
