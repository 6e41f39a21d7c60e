/** Keeps what is answered to a refused request small: no answer may be worth more to an attacker than it cost. */
import { GraphQLError } from "graphql";
import { limits } from "./limits.ts";

/** At most so many errors; the last one says how many more there were. An answer without data is small as a whole. */
export function bounded(errors: readonly GraphQLError[], { data }: { data?: unknown }): readonly GraphQLError[] {
  const most = limits.errors.value;
  const told = errors.length > most ? [...errors.slice(0, most), leftOut(errors, most)] : errors;
  if (data !== undefined && data !== null) return told;
  if (told.length < 2 || Buffer.byteLength(JSON.stringify(told)) <= limits.refusalBytes.value) return told;
  return [told[0] as GraphQLError, leftOut(errors, 1)];
}

/** The status that an error asks for over HTTP is no part of it elsewhere. */
export function withoutHttp(error: GraphQLError): GraphQLError {
  delete (error.extensions as { http?: unknown }).http;
  return error;
}

function leftOut(errors: readonly GraphQLError[], shown: number): GraphQLError {
  const { code, requestId } = (errors[0] as GraphQLError).extensions;
  return new GraphQLError(`${errors.length - shown} more errors were left out; fix these first.`, {
    extensions: { code, requestId, isRetryable: false },
  });
}

/** Answered without data; and a stranger with any error, since there is always something that can be asked for too. */
export function isRefusal(result: unknown, isStranger: boolean): boolean {
  const { data, errors } = (result ?? {}) as { data?: object | null; errors?: readonly GraphQLError[] };
  return (errors?.length ?? 0) > 0 && (isStranger || data === undefined || data === null);
}
