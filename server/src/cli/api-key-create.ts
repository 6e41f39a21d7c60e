import { apiKeyCreate } from "../api-keys/api-key.service.ts";
import { OperatorError } from "../wire/errors.ts";
import type { Command } from "./command.ts";
import { findOrganization, operatorContext, withServices } from "./with-services.ts";

export const apiKeyCreateCommand: Command = {
  usage:
    "Usage: npm run tiketti -- api-key create --organization <PREFIX> --name <name> [--role Agent] [--expires-at 2027-12-31T00:00:00Z] [--points-per-minute 600]",
  help: `Creates an API key and prints it once, alone on stdout.

  --organization  the organization, by its ticket prefix
  --name          what the key is for
  --role          the role's name (default Agent)
  --expires-at    when it expires, as an instant (default: never)
  --points-per-minute  the most points that it can use in a minute (default: the limit of the organization's plan)`,
  options: {
    organization: { type: "string" },
    name: { type: "string" },
    role: { type: "string", default: "Agent" },
    "expires-at": { type: "string" },
    "points-per-minute": { type: "string" },
  },
  async run(values) {
    const { organization, name, role, "expires-at": expires } = values as Record<string, string | undefined>;
    if (!organization || !name) {
      console.error(
        `Missing: ${!organization ? "--organization " : ""}${!name ? "--name" : ""}\n\n${apiKeyCreateCommand.usage}`,
      );
      return 2;
    }
    const expiresAt = expires === undefined ? null : new Date(expires);
    if (expiresAt && Number.isNaN(expiresAt.getTime()))
      throw new OperatorError(`--expires-at ${expires} is not an instant such as 2027-12-31T00:00:00Z.`);
    const points = values["points-per-minute"] === undefined ? null : Number(values["points-per-minute"]);
    if (points !== null && !(Number.isInteger(points) && points >= 1))
      throw new OperatorError(
        `--points-per-minute ${values["points-per-minute"]} is not a whole number of at least 1.`,
      );
    return withServices(async (services) => {
      const organizationId = await findOrganization(services, organization);
      const { once } = await apiKeyCreate(operatorContext(services, organizationId), {
        input: { name, role: { name: role }, expiresAt, pointsPerMinute: points },
      });
      console.log(once?.secret);
      return 0;
    });
  },
};
