import { requireViewer } from "../access/viewer.ts";
import type { Operation, Result } from "../operations/operation.ts";
import { commonErrors } from "../operations/operation.ts";
import type { Ids } from "../writes/write.ts";
import { requireInputRights } from "./access-plugin.ts";
import { builder } from "./builder.ts";

type SchemaOf<B> = B extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;
export type Types = SchemaOf<typeof builder>;
type ArgsBuilder = (options: {
  type: unknown;
  required?: true;
  description: string;
  defaultValue?: unknown;
}) => unknown;
type PayloadBuilder<Shape> = PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;

interface MutationDefinition<I extends Ids, Once> {
  operation: Operation<never, I, Once> | Operation<unknown, I, Once>;
  description: string;
  args: (t: ArgsBuilder) => Record<string, unknown>;
  payload: (t: PayloadBuilder<Result<I, Once>>) => Record<string, unknown>;
}

/** A mutation's field and payload, from its operation: its right and its codes come with it. */
export function mutationField<I extends Ids, Once>(
  name: string,
  { operation, description, args, payload }: MutationDefinition<I, Once>,
): void {
  const Payload = builder
    .objectRef<Result<I, Once>>(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`)
    .implement({
      description: `What \`${name}\` answers with.`,
      fields: (t) =>
        ({
          ...payload(t as never),
          cursor: t.field({
            type: "ChangeCursor",
            description: "The position that this made in the change log.",
            resolve: (result, _args, context) =>
              context.cursors.encodeChange(requireViewer(context).organizationId, result.changeNumber),
          }),
          isChanged: t.boolean({
            description: "False when nothing needed changing, and for a dry run.",
            resolve: ({ isChanged }) => isChanged,
          }),
          viewer: t.field({
            type: "Viewer" as never,
            description: "The viewer, so that counts refresh in the same request.",
            resolve: (_result, _args, context) => requireViewer(context) as never,
          }),
        }) as never,
    });
  const { permission, errors } = operation;
  builder.mutationField(name, (t) =>
    t.field({
      type: Payload,
      // One that fails takes no answer of the others in its document with it, nor a secret that is shown once.
      nullable: true,
      description,
      args: args(t.arg as ArgsBuilder) as never,
      errors: [...commonErrors, ...errors],
      ...(permission ? { access: { permission, isEnforcedHere: false } } : {}),
      resolve: (_root, given, context, info) => {
        requireInputRights(requireViewer(context), info, given);
        return operation(context, given, String(info.path.key)) as Promise<Result<I, Once>> as never;
      },
    }),
  );
}
