/** The package ships without types; this is the part that we call. */
declare module "html-to-text" {
  export function convert(
    html: string,
    options?: { wordwrap?: number | false; limits?: { maxDepth?: number } },
  ): string;
}
