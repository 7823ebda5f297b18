// Parse PowerShell: a JSON list of {id, text} on standard input, and a line
// "id TAB line TAB what stands there" for each text that does not parse.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Language, Parser } from 'web-tree-sitter'

const require = createRequire(import.meta.url)
const grammar = require.resolve(
  'tree-sitter-powershell/tree-sitter-powershell.wasm')

function firstError(node) {
  if (node.isError || node.isMissing)
    return node
  for (const child of node.children) {
    const found = child.hasError || child.isMissing ? firstError(child) : null
    if (found)
      return found
  }
  return null
}

await Parser.init()
const parser = new Parser()
parser.setLanguage(await Language.load(grammar))
for (const { id, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  const root = parser.parse(text).rootNode
  if (!root.hasError)
    continue
  const node = firstError(root) ?? root
  console.log([id, node.startPosition.row + 1,
    node.text.split('\n')[0].slice(0, 60)].join('\t'))
}
