import { randomBytes } from "node:crypto";
import type { SignedInUser } from "../access/viewer.ts";
import { createContext } from "../context.ts";
import { Work } from "../db/pool.ts";
import { addressKey, parseAddress } from "../lib/mail-address.ts";
import { newUuid } from "../lib/uuid.ts";
import { organizationCreate } from "../organizations/organization.service.ts";
import { OperatorError } from "../wire/errors.ts";
import { toGlobalId } from "../wire/ids.ts";
import type { Command } from "./command.ts";
import { withServices } from "./with-services.ts";

export const ownerCreateCommand: Command = {
  usage:
    "Usage: npm run tiketti -- owner create --email <address> --organization <name> --prefix <PREFIX> [--name <name>] [--currency EUR] [--time-zone Europe/Berlin]",
  help: `Creates the login, the organization, and the login's admin member in the organization. The address counts
as verified: you vouch for it. The password is read from TIKETTI_OWNER_PASSWORD; otherwise one is generated
and printed once. A login that already exists keeps its password and gets another organization.

  --email         the owner's e-mail address
  --organization  the organization's name
  --prefix        the prefix of ticket codes: 2 to 10 of A-Z and 0-9, a letter first
  --name          the owner's name (default: the address's local part)
  --currency      ISO 4217 (default EUR)
  --time-zone     IANA (default UTC)`,
  options: {
    email: { type: "string" },
    organization: { type: "string" },
    prefix: { type: "string" },
    name: { type: "string" },
    currency: { type: "string", default: "EUR" },
    "time-zone": { type: "string", default: "UTC" },
  },
  async run(values) {
    const { email: typed, organization, prefix } = values as Record<string, string | undefined>;
    const missing = Object.entries({ email: typed, organization, prefix })
      .filter(([, value]) => !value)
      .map(([name]) => `--${name}`);
    if (!typed || missing.length > 0) {
      console.error(`Missing: ${missing.join(", ")}\n\n${ownerCreateCommand.usage}`);
      return 2;
    }
    const email = parseAddress(typed.trim())?.shown;
    if (!email) throw new OperatorError(`"${typed}" is not an e-mail address.`);
    return withServices(async (services) => {
      const name = (values.name as string | undefined) ?? email.slice(0, email.indexOf("@"));
      const given = process.env.TIKETTI_OWNER_PASSWORD;
      if (given !== undefined && given.length < 10)
        throw new OperatorError("TIKETTI_OWNER_PASSWORD must have at least 10 characters.");
      const password = given ?? randomBytes(12).toString("base64url");
      const created = await services.database.preTenant.createUser({
        id: newUuid(),
        email,
        name,
        passwordHash: await services.passwords.hash(password),
        isVerified: true,
      });
      const userId = created ?? (await services.database.preTenant.findLogin(addressKey(email)))?.userId;
      const user: SignedInUser = {
        userId: userId as string,
        sessionId: "",
        email,
        name,
        isEmailVerified: true,
        memberships: [],
      };
      if (created && given === undefined) console.log(`password      ${password}   (shown once)`);
      const context = createContext(services, { requestId: "cli", work: new Work(), viewer: null, user });
      const { ids } = await organizationCreate(context, {
        input: {
          name: organization,
          ticketPrefix: prefix,
          defaultCurrency: values.currency,
          timeZone: values["time-zone"],
        },
      });
      console.log(`organization  ${organization} (${toGlobalId("Organization", ids.organizationId)})`);
      console.log(`owner         ${email}`);
      if (!created) console.log("password      unchanged: this login already existed");
      return 0;
    });
  },
};
