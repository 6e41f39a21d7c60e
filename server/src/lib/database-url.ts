/** Connection strings of PostgreSQL, in the forms that libpq takes and URL doesn't. */

/**
 * One form for all of them: a socket folder (`postgresql://u:p@/db?host=/run/postgresql`) becomes the host,
 * percent-encoded, so that role and password can be set on the result.
 *
 * @throws Error that says what can't be used, without the password
 */
export function parseDatabaseUrl(text: string): URL {
  refuseSeveralHosts(text);
  const url = URL.parse(text) ?? URL.parse(text.replace("@/", "@localhost/"));
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw new Error("it is not a postgresql:// URL");
  for (const part of [url.username, url.password, url.pathname])
    if (!isDecodable(part))
      throw new Error("it has a % that isn't part of an escape; write a % in a name or password as %25");
  if (url.pathname.length < 2) throw new Error("it names no database");
  const host = url.searchParams.get("host");
  if (host) {
    if (url.hostname === "") url.href = url.href.replace("//", "//localhost");
    url.hostname = host.startsWith("/") ? host.replaceAll("/", "%2F") : host;
    url.searchParams.delete("host");
  }
  const wanted = url.searchParams.get("target_session_attrs");
  if (wanted !== null && !["any", "primary", "read-write"].includes(wanted))
    throw new Error(`it asks for a read-only server (target_session_attrs=${wanted})`);
  // The start checks itself whether the server accepts writes; the driver doesn't know the option.
  url.searchParams.delete("target_session_attrs");
  return url;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The host, or the folder of the socket, as a person writes it. */
export function hostOf(url: URL): string {
  const host = decodeURIComponent(url.hostname) || "localhost";
  return host.startsWith("/") ? `the socket in ${host}` : `${host}:${url.port || "5432"}`;
}

export function databaseOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1));
}

function refuseSeveralHosts(text: string): void {
  const authority = /^[a-z]+:\/\/([^/?]*)/i.exec(text)?.[1] ?? "";
  // With an @ further on, this is the start of a password with a slash in it: not to be shown.
  const inAuthority = /^[a-z]+:\/\/[^@]*$|^[a-z]+:\/\/[^/?]*@/i.test(text)
    ? authority.slice(authority.lastIndexOf("@") + 1)
    : "";
  const asOption = /[?&]host=([^&]*)/.exec(text)?.[1] ?? "";
  const hosts = [inAuthority, decodeURIComponent(asOption)].find((each) => each.includes(","));
  if (!hosts) return;
  throw new Error(
    `it names several hosts (${hosts}); Tiketti connects to one. Name the primary, or an address that follows it (a proxy, a DNS name, a floating IP)`,
  );
}
