// Values of the database as text in JSON, from which .NET reads them exactly: integers of any length as they are, other numbers with a point or an exponent, and what JSON lacks as an object with one member whose name begins with '$'; names of members that do get another one in front.

/** The text of a value of a result. */
export function toJson(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint" || value instanceof Number) return `${value}`; // The engine's integers come as objects where they fit into a number.
  if (typeof value === "number") return Number.isFinite(value) ? floating(value) : `{"$number":"${value}"}`;
  if (value instanceof Date) return `{"$time":${value.getTime()}}`;
  if (value instanceof Uint8Array) return `{"$bytes":"${base64(value)}"}`;
  if (Array.isArray(value)) return `[${value.map(toJson).join(",")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name.startsWith("$") ? `$${name}` : name)}:${toJson(member)}`).join(",")}}`;
  return JSON.stringify(value);
}

/** A value of a parameter, as .NET writes it in JSON: an integer that a number can't hold is an object with one member. */
export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value === null || typeof value !== "object") return value;
  return BigInt((value as { $integer: string }).$integer);
}

function floating(value: number): string {
  const text = Object.is(value, -0) ? "-0" : `${value}`;
  return /[.e]/.test(text) ? text : `${text}.0`;
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
