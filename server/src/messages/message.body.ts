import { convert } from "html-to-text";
import sanitizeHtml from "sanitize-html";
import { trimLongText } from "../inputs/fields.ts";
import { invalid } from "../wire/errors.ts";

export const bodyMaxLength = 100_000;

/** Cleaning takes time for each tag and blocks all other requests meanwhile. */
const mostTags = 5_000;

export interface MessageBody {
  bodyText: string;
  bodyHtml: string | null;
}

/** The HTML that a body can keep: text, structure, links and images by address. No script, style or form. */
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
  // No real message nests deeper, and the cleaning time grows with the square of the depth.
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
 * Drops a relative address: in a frontend it would lead to the frontend's own server, with the reader's
 * credentials. The allowed schemes are listed above.
 */
function absolute(attribs: sanitizeHtml.Attributes, name: string): sanitizeHtml.Attributes {
  const { [name]: address = "", ...others } = attribs;
  return /^[a-z][a-z\d+.-]*:/i.test(address.trim()) ? attribs : others;
}

(cleaning.allowedAttributes as Record<string, string[]>).a?.push("rel");

/**
 * The body to store. Exactly one of text and HTML must be given; HTML is cleaned, and its text is derived from it.
 *
 * @throws VALIDATION when both or neither are given, or nothing is left after cleaning
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
      `The bodyHtml has more than ${mostTags.toLocaleString("en")} tags; send it as bodyText, or split it into several messages.`,
      "TOO_LONG",
    );
  const html = bodyHtml == null ? null : sanitizeHtml(bodyHtml.replaceAll("\0", ""), cleaning).trim();
  const text =
    html === null
      ? trimLongText(bodyText as string)
      : trimLongText(convert(html, { wordwrap: false, limits: { maxDepth: 100 } }));
  const field = html === null ? "bodyText" : "bodyHtml";
  if (text === "" && !html?.includes("<img")) {
    throw invalid(["input", field], `The ${field} has no readable content; give some text.`, "EMPTY");
  }
  if (text.length > bodyMaxLength || (html?.length ?? 0) > 4 * bodyMaxLength) {
    throw tooLong(field);
  }
  return { bodyText: text, bodyHtml: html };
}

function tooLong(field: string) {
  const message = `The body has more than ${bodyMaxLength.toLocaleString("en")} characters; shorten it, or split it into several messages.`;
  return invalid(["input", field], message, "TOO_LONG");
}

const previewLength = 200;

/** The start of a body in one line, for lists. */
export function previewOf(bodyText: string): string {
  const line = bodyText.replace(/\s+/g, " ").trim();
  if (line.length <= previewLength) return line;
  return `${line.slice(0, previewLength - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
