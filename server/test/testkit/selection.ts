import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLUnionType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from "graphql";

/** A selection of everything below a type that needs no argument, to a depth. */
export function selectAll(type: GraphQLOutputType, depth = 3, isBelowList = false): string {
  const named = getNamedType(type);
  if (isUnionType(named)) return selectUnion(named);
  if (!isObjectType(named) && !isInterfaceType(named)) return "";
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const below = getNamedType(field.type);
    const isLeaf = isLeafType(below);
    if (isLeaf) return [field.name];
    if (depth <= 1 || (isBelowList && field.name === "edges")) return [];
    const selection = selectAll(field.type, depth - 1, true);
    const isPage = field.args.some(({ name }) => name === "first");
    return selection ? [`${field.name}${isPage ? "(first: 2)" : ""} ${selection}`] : [];
  });
  return fields.length > 0 ? `{ ${["__typename", ...fields].join(" ")} }` : "{ __typename }";
}

/** The leaves of each member; a name that two members share is asked of the first only, so that they fit together. */
function selectUnion(union: GraphQLUnionType): string {
  const asked = new Set<string>();
  const parts = union.getTypes().map((member) => {
    const leaves = Object.values(member.getFields()).filter(
      ({ name, type, args }) => !args.some(isRequiredArgument) && isLeafType(getNamedType(type)) && !asked.has(name),
    );
    for (const { name } of leaves) asked.add(name);
    return leaves.length > 0 ? `... on ${member.name} { ${leaves.map(({ name }) => name).join(" ")} }` : "";
  });
  return `{ __typename ${parts.join(" ")} }`;
}

/** The root field as an operation with all its arguments as variables. */
export function operationFor(kind: "query" | "mutation", field: GraphQLField<unknown, unknown>, depth = 3): string {
  const variables = field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
  const args = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  return `${kind} Probe${variables ? `(${variables})` : ""} { ${field.name}${args ? `(${args})` : ""} ${selectAll(field.type, depth)} }`;
}
