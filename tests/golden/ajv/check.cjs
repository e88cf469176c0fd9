// check.cjs SCHEMA FOLDER: what ajv says of each JSON file of a folder, as one JSON object: the
// place of the first fault, or null.
"use strict";
const fs = require("fs");
const path = require("path");
const {createRequire} = require("module");
const Ajv = createRequire(path.join(process.env.COSP_AJV, "package.json"))("ajv/dist/2020").default;

const [schema, folder] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const validate = new Ajv({strict: true, strictRequired: false, strictTypes: false, validateFormats: false}).compile(read(schema));
const told = {};
for (const name of fs.readdirSync(folder).sort())
  told[name] = validate(read(path.join(folder, name))) ? null : validate.errors[0].instancePath || "/";
process.stdout.write(JSON.stringify(told));
