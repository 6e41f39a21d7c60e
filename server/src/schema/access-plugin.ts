/**
 * Access in the schema: every root field needs a signed-in viewer unless it says `access: "public"`;
 * a field with a permission answers FORBIDDEN at the root and null elsewhere, so that one query serves
 * every role. The rule is printed as @access and stated in the description.
 */
import SchemaBuilder, {
  BasePlugin,
  type PothosInputFieldConfig,
  type PothosOutputFieldConfig,
  type SchemaTypes,
} from "@pothos/core";
import {
  type GraphQLArgument,
  type GraphQLFieldResolver,
  type GraphQLInputType,
  type GraphQLResolveInfo,
  getNamedType,
  isInputObjectType,
  isNonNullType,
} from "graphql";
import { type Permission, permissionEnumValue, permissions, type Reach } from "../access/permissions.ts";
import { can, requirePermission, requireViewer, type Viewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import type { ErrorCode } from "../wire/errors.ts";

export interface AccessRule {
  /** The permission that the viewer needs (any one of a list), for at least one ticket. */
  permission: Permission | readonly Permission[];
  /** False where the operation checks the permission itself, under its own rules. */
  isEnforcedHere?: boolean;
}

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      access: AccessPlugin<Types>;
    }
    interface FieldOptions {
      /** "public": also without a viewer. Default at the root: any signed-in viewer. */
      access?: "public" | "user" | AccessRule;
      /** The value depends on the viewer itself: viewers with the same rights can get different answers. */
      isViewersOwn?: true;
      /**
       * Error codes of a root field, listed in its description; those common to all queries are added automatically.
       */
      errors?: readonly ErrorCode[];
    }
    interface InputFieldOptions {
      /** The permission that giving this field needs; `isEnforcedHere: false` where the operation checks it. */
      access?: { permission: Permission | readonly Permission[]; isEnforcedHere?: false };
    }
  }
}

const roots = ["Query", "Mutation", "Subscription"];

export class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const rule = ruleOf(config);
    const errors = errorsOf(config, rule);
    const notes = [
      typeof rule === "object" ? needs(rule.permission) : "",
      errors.length > 0 ? `Errors: ${[...new Set(errors)].sort().join(", ")}.` : "",
    ].filter(Boolean);
    return {
      ...config,
      description: [config.description, ...notes].join("\n\n"),
      extensions: {
        ...config.extensions,
        ...(typeof rule === "object" ? directives(rule.permission) : {}),
        ...((config.pothosOptions as { isViewersOwn?: true }).isViewersOwn ? { isViewersOwn: true } : {}),
      },
    };
  }

  override onInputFieldConfig(config: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
    const { access } = config.pothosOptions as { access?: AccessRule };
    if (!access) return config;
    return {
      ...config,
      description: `${config.description}\n\n${needs(access.permission)}`,
      extensions: {
        ...config.extensions,
        ...directives(access.permission),
        ...(access.isEnforcedHere === false ? {} : { givingNeeds: access.permission }),
      },
    };
  }

  /** Refuses a subscription at its start; each of its events is checked again below. */
  override wrapSubscribe(
    subscriber: GraphQLFieldResolver<unknown, Types["Context"], object> | undefined,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types["Context"], object> | undefined {
    const rule = ruleOf(config);
    if (!subscriber || config.parentType !== "Subscription") return subscriber;
    return (parent, args, context, info) => {
      const viewer = requireViewer(context as Context);
      if (typeof rule === "object") requirePermission(viewer, [rule.permission].flat()[0] as Permission);
      return subscriber(parent, args, context, info);
    };
  }

  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types["Context"], object>,
    config: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types["Context"], object> {
    const rule = ruleOf(config);
    const isRoot = roots.includes(config.parentType);
    if (rule === "public" || rule === "user" || (!rule && !isRoot)) return resolver;
    const permission = rule && rule.isEnforcedHere !== false ? rule.permission : null;
    return (parent, args, context, info) => {
      const viewer = requireViewer(context as Context);
      if (permission && isRoot) requirePermission(viewer, [permission].flat()[0] as Permission);
      else if (permission && ![permission].flat().some((one) => can(viewer, one))) {
        if (isNonNullType(info.returnType))
          throw new Error(`${info.parentType.name}.${info.fieldName} has a permission and must be nullable.`);
        return null;
      }
      return resolver(parent, args, context, info);
    };
  }
}

/** The codes that any query or subscription with a viewer can fail with, in addition to its own. */
const readErrors: ErrorCode[] = ["UNAUTHENTICATED", "ORGANIZATION_REQUIRED", "RATE_LIMITED", "UNAVAILABLE"];

function errorsOf(
  config: { parentType: string; pothosOptions: unknown },
  rule: ReturnType<typeof ruleOf>,
): ErrorCode[] {
  const { errors = [], args = {} } = config.pothosOptions as { errors?: readonly ErrorCode[]; args?: object };
  const own: readonly ErrorCode[] =
    "after" in args && config.parentType === "Query" ? [...new Set([...errors, "CURSOR_EXPIRED" as const])] : errors;
  const needsViewer = ["Query", "Subscription"].includes(config.parentType) && rule !== "public" && rule !== "user";
  return [...(needsViewer ? readErrors : []), ...(needsViewer && rule ? (["FORBIDDEN"] as const) : []), ...own];
}

function ruleOf(config: { pothosOptions: unknown }) {
  return (config.pothosOptions as { access?: "public" | "user" | AccessRule }).access;
}

function needs(permission: AccessRule["permission"]): string {
  return `Needs the permission ${[permission]
    .flat()
    .map((one) => `\`${one}\``)
    .join(" or ")}.`;
}

function directives(permission: AccessRule["permission"]) {
  const all = [permission].flat() as Permission[];
  // The narrowest reach that allows it; a wider grant allows it too.
  const reach: Reach | null = all.every((one) => permissions[one].takesReach) ? "ASSIGNED" : null;
  return {
    directives: { access: { permission: all.map(permissionEnumValue), ...(reach ? { reach } : {}) } },
  };
}

/**
 * Checks properties that have a permission of their own, also inside an input: the @access printed on an input field
 * applies to every caller who gives that field.
 *
 * @throws FORBIDDEN
 */
export function requireInputRights(viewer: Viewer, info: GraphQLResolveInfo, given: Record<string, unknown>): void {
  const { args } = info.parentType.getFields()[info.fieldName] as { args: readonly GraphQLArgument[] };
  for (const { name, type } of args) check(type, given[name]);

  function check(type: GraphQLInputType, value: unknown): void {
    const named = getNamedType(type);
    if (Array.isArray(value)) for (const item of value) check(named, item);
    else if (isInputObjectType(named) && value !== null && typeof value === "object")
      for (const [name, item] of Object.entries(value)) {
        const field = named.getFields()[name];
        if (!field || item === undefined) continue;
        const permissions = [(field.extensions.givingNeeds as AccessRule["permission"] | undefined) ?? []].flat();
        if (permissions.length > 0 && !permissions.some((one) => can(viewer, one)))
          requirePermission(viewer, permissions[0] as Permission);
        check(field.type, item);
      }
  }
}

SchemaBuilder.registerPlugin("access", AccessPlugin);
