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
  for (let at = from + matchAt(word, text, from)[0].length - 1; at >= from; at--) {
    if (text[at] === '@' && matchAt(hostAhead, text, at)) return at;
  }

  // host:port, and no user before it.
  if (matchAt(portAhead, text, from)) return from;

  // Nothing in this word looks like a host: the password has a space or a quote, and ends on this line.
  const newLine = text.indexOf('\n', from);
  const last = text.slice(0, newLine < 0 ? text.length : newLine).lastIndexOf('@');
  return last < from ? from : last;
}

function cutKeyed(keys, text) {
  let result = '';
  let end = 0;
  for (let key; (key = matchAt(keys, text, end));) {
    const from = key.index + key[0].length;
    const to = endOfValue(text, key.index, from);
    const value = text.slice(from, to);
    result += text.slice(end, from) + (!value || isMark(value) ? value : mark);
    end = to;
  }

  return result + text.slice(end);
}

function endOfValue(text, key, from) {
  if (from === text.length) return from;
  if (text.startsWith('\\"', from)) {
    const close = text.indexOf('\\"', from + 2);
    return close < 0 ? text.length : close + 2;
  }

  return '"\'`'.includes(text[from]) ? endOfQuoted(text, from) : endOfBare(text, key, from);
}

// A backslash may escape, a quote may be doubled, a shell may end and begin again: which of them it is cannot be told, so all are.
function endOfQuoted(text, from) {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (text[at + 1] === quote && at > from + 1) at++;
      else if (text[at + 1] === '\\' && text[at + 2] === quote && text[at + 3] === quote) at += 3;
      else return at + 1;
    }
  }

  return text.length;
}

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
  if (adoNet.test(text.slice(lineStart, lineEnd))) return endAt(/;/);
  // A line of its own in a file of settings.
  return !text.slice(lineStart, key).trim() && !text.slice(from, lineEnd).includes('=') ? lineEnd : endAt(/[ \t]/);
}

function cutLoose(text) {
  return text.replace(loose, (_, before, password) => before + (isMark(password) ? password : mark));
}
