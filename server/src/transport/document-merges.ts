/** Counts what validation compares: its time grows with the square of the fields at one place. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  visit,
} from "graphql";
import { refuse, tooComplex } from "./document-refusal.ts";
import { limits } from "./limits.ts";

/** Fragments that are spread, inline ones too. */
export function countSpreads(document: DocumentNode): number {
  let spreads = 0;
  const count = () => {
    spreads++;
  };
  visit(document, { FragmentSpread: count, InlineFragment: count });
  return spreads;
}

/** The most fields to look at, through fragments; only an attack has more within 2,000 tokens. */
const mostLooks = 20_000;

/** Fields of one name at one place are compared with each other, and what is below them too. @throws QUERY_TOO_COMPLEX */
export function guardMerges(
  roots: readonly { selectionSet: SelectionSetNode }[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): void {
  let pairs = 0;
  let leafPairs = 0;
  let looks = 0;
  for (const root of roots) {
    let levels: SelectionSetNode[][] = [[root.selectionSet]];
    // Validation reports circular fragments; a document that may be deeper doesn't come here.
    for (let depth = 0; levels.length > 0 && depth <= limits.depth.value * 4; depth++)
      levels = levels.flatMap((sets) => below(fieldsOf(sets)));
  }

  /** By their names in the answer. */
  function fieldsOf(sets: readonly SelectionSetNode[]): Iterable<FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (++looks > mostLooks) throw tooComplex("has too many fields through its fragments");
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value;
          const same = fields.get(name);
          if (same) same.push(selection);
          else fields.set(name, [selection]);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment) collect(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) collect(set);
    return fields.values();
  }

  /** Counts the pairs; what is below each name is one place again. */
  function below(fields: Iterable<FieldNode[]>): SelectionSetNode[][] {
    const next: SelectionSetNode[][] = [];
    for (const same of fields) {
      const sets = same.flatMap(({ selectionSet }) => selectionSet ?? []);
      const count = (same.length * (same.length - 1)) / 2;
      if (sets.length > 0) {
        pairs += count;
        next.push(sets);
      } else leafPairs += count;
    }
    refuse("pairs of fields with the same name at one place", pairs, limits.merges.value);
    refuse("pairs of values with the same name at one place", leafPairs, limits.leafMerges.value);
    return next;
  }
}
