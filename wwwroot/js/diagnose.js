// What was pasted on /diagnose: cuts passwords out of it here, in the browser, before any of it is sent.
//
// The server does the same once more (PasswordCut.cs, which is to be changed together with this), because it cannot rely on us.
// Rather too much is cut than too little.

const mark = '(password)';
const unescapedMark = '(password-unescaped)';
const isMark = text => text === mark || text === unescapedMark;

/** Cuts the passwords out of the field itself, so that people see what is sent, and returns its beginning as UTF-8. */
export function read(field, longest) {
  // Read to twice the length, so that a password at the end is cut as a whole.
  const text = cut(field.value.slice(0, 2 * longest));
  field.value = text;
  // One more than is read, so that the server can say that there was more.
  return new TextEncoder().encode(text.slice(0, longest + 1));
}

export function clear(field) {
  field.value = '';
  field.focus();
}

export function cut(text) {
  return cutLoose(cutKeyed(positional, cutKeyed(keyed, cutAddresses(text)))).replace(tokens, mark);
}

// postgresql://user: and whatever the user is.
const addressStart = /:\/\/[^\s:/@"'<>]*:/g;
const word = /[^\s"'`<>]*/y;
const nextEnd = /:\/\/|[\r\n]/g;
const hostAndPortAhead = /@(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}(?:[/?\s"'`<>,;)]|$)/y;
const markAhead = /(?:\(password\)|\(password-unescaped\))(?=[\s"'`,;:&@)}\]<>]|$)/y;
// A variable of a shell or of a file for one.
const variable = /^[A-Z0-9_]+=$/;
const endsValue = /[\s,;)}\]&<>"'`]/;
const portAhead = /\d{1,5}(?:[/?\s"'`,;)]|$)/y;
const hostAhead = /@(?:[\w.-]+|\[[\da-fA-F:]+\])(?::\d+|\/)/y;
const needsEscape = /[@/?#\s"'<>\\^`{|}[\]]|%(?![\da-fA-F]{2})/;
const keyed = /[\w.-]*(?:password|passwd|passphrase|pwd|\bpass|_pass)\\?["']?\]?[ \t]*(?:=>|:=|=|:)[ \t]*/gi;
// PDO, DriverManager and URL.create take the password as the third of their texts.
const positional = /(?:(?:pgsql|jdbc:postgresql):[^"'\n]*["']|URL\.create\(\s*["'][^"']*["'])\s*,\s*["'][^"'\n]*["']\s*,\s*(?=["'])/g;
const adoNet = /\b(?:host|server|data source|username|user id)\s*=[^;]*;/i;
// user:password@host without anything before it.
const loose = /((?:^|[\s"'=])[\w.%+-]+:)([^\s@"'/]+)(?=@(?:[\w-]+(?:\.[\w-]+)+|[\w-]+:\d))/gm;
// DigitalOcean's own: generated passwords, API tokens.
const tokens = /\bAVNS_[\w-]+|\bdo[opr]_v1_\w+|(?<=\bBearer[ \t]+)[\w.~+/=-]{8,}/g;

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function cutAddresses(text) {
  let result = '';
  let end = 0;
  for (let start; (start = matchAt(addressStart, text, end));) {
    const from = start.index + start[0].length;
    const to = endOfAddressPassword(text, from);
    const password = text.slice(from, to);
    result += text.slice(end, from) + (!password || isMark(password) ? password : needsEscape.test(password) ? unescapedMark : mark);
    end = Math.max(from, to);
  }

  return result + text.slice(end);
}

/** Where the @ is that ends the password, or the beginning when there is no password. */
function endOfAddressPassword(text, from) {
  // Up to the end of the line, or to where another address begins: an unescaped password may have spaces and quotes.
  const to = matchAt(nextEnd, text, from)?.index ?? text.length;
  let end = lastSign(text, from, to, hostAndPortAhead);
  if (end >= 0) return end;

  end = lastSign(text, from, from + matchAt(word, text, from)[0].length, hostAhead);
  if (end >= 0) return end;

  // host:port, and no user before it.
  if (matchAt(portAhead, text, from)) return from;

  const last = text.slice(0, to).lastIndexOf('@');
  return last < from ? from : last;
}

function lastSign(text, from, to, host) {
  for (let at = to - 1; at >= from; at--) {
    if (text[at] === '@' && matchAt(host, text, at)) return at;
  }

  return -1;
}

function cutKeyed(keys, text) {
  let result = '';
  let end = 0;
  for (let key; (key = matchAt(keys, text, end));) {
    const from = key.index + key[0].length;
    const to = endOfValue(text, key.index, from);
    const value = text.slice(from, to);
    result += text.slice(end, from) + (['', '""', "''"].includes(value) || isMark(value) ? value : mark);
    end = to;
  }

  return result + text.slice(end);
}

function endOfValue(text, key, from) {
  if (from === text.length) return from;
  const already = matchAt(markAhead, text, from);
  if (already) return from + already[0].length;
  // A .NET string inside JSON: its quotes are written \", and doubled where they are part of the value.
  if (text.startsWith('\\"', from)) return endOfDoubled(text, from, '\\"', '\\"');

  switch (text[from]) {
    // Nothing inside is an escape; a quote ends the word and, after \', begins it again.
    case "'": return variable.test(text.slice(key, from)) ? endOfDoubled(text, from, "'", "\\''") : endOfQuoted(text, from);
    case '"': return adoNet.test(lineAt(text, key)) ? endOfDoubled(text, from, '"', '"') : endOfQuoted(text, from);
    case '`': return endOfQuoted(text, from);
    default: return endOfBare(text, key, from);
  }
}

/** Where the quote ends that is not followed by what begins it again. */
function endOfDoubled(text, from, quote, again) {
  for (let at = from + quote.length; ;) {
    const close = text.indexOf(quote, at);
    if (close < 0) return text.length;
    at = close + quote.length;
    if (!text.startsWith(again, at)) return at;
    at += again.length;
  }
}

// A backslash escapes, a doubled quote may; and a quote in front of a letter ends nothing.
function endOfQuoted(text, from) {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote && (at + 1 === text.length || endsValue.test(text[at + 1]))) return at + 1;
  }

  return text.length;
}

function lineAt(text, at) {
  const start = text.slice(0, at).lastIndexOf('\n') + 1;
  const end = text.slice(at).search(/[\r\n]/);
  return text.slice(start, end < 0 ? text.length : at + end);
}

// The keywords of libpq, or the program that the variable is for.
const moreFollows = /\s(?:(?:host|hostaddr|port|dbname|user|sslmode|sslrootcert|options|application_name|connect_timeout)\s*=|psql\s)/i;

function endOfBare(text, key, from) {
  const rest = text.slice(from);
  const newLine = rest.search(/[\r\n]/);
  const lineEnd = newLine < 0 ? text.length : from + newLine;
  const lineStart = text.slice(0, key).lastIndexOf('\n') + 1;
  const endAt = ends => {
    const end = text.slice(from, lineEnd).search(ends);
    return end < 0 ? lineEnd : from + end;
  };
  if ('?&'.includes(text[key - 1] ?? ' ')) return endAt(/[& \t"']/);
  if (adoNet.test(lineAt(text, key))) return endAt(/;/);
  // First on its line, as in a file of settings, it may hold spaces: all of the line is taken, unless more of a connection follows.
  return !text.slice(lineStart, key).trim() && !moreFollows.test(text.slice(from, lineEnd)) ? lineEnd : endAt(/[ \t]/);
}

function cutLoose(text) {
  return text.replace(loose, (_, before, password) => before + (isMark(password) ? password : mark));
}
