"""Which answer belongs to which command, and the schemas as one JSON text."""

import json
from pathlib import Path

from pydantic import BaseModel

from schoollib_xl.contracts import answers, county, inspection_and_year

SCHEMAS_FILE = Path(__file__).with_name("schemas.json")
ANSWERS: dict[str, type[BaseModel]] = {
    "demo": answers.DemoAnswer,
    "new": answers.NewAnswer,
    "check": answers.CheckAnswer,
    "explain": answers.Catalogue,
    "explain CODE": answers.CatalogueEntry,
    "quota": answers.QuotaAnswer,
    "quota --reader": answers.AllowanceAnswer,
    "plan": answers.PapersAnswer,
    "plan --lint": answers.LintAnswer,
    "summary": answers.PapersAnswer,
    "notices": answers.PapersAnswer,
    "adopt": answers.AdoptAnswer,
    "roster": answers.RosterAnswer,
    "stocktake": answers.StocktakeAnswer,
    "inspect": inspection_and_year.InspectAnswer,
    "inspect --answers": inspection_and_year.InspectAnswer,
    "progress": inspection_and_year.ProgressAnswer,
    "labels": inspection_and_year.LabelsAnswer,
    "lists": inspection_and_year.ListsAnswer,
    "handover": inspection_and_year.HandoverAnswer,
    "print": inspection_and_year.PrintAnswer,
    "new-year": inspection_and_year.NewYearAnswer,
    "new-year --roster": answers.RosterAnswer,
    "merge": inspection_and_year.MergeAnswer,
    "county": county.CountyAnswer,
}


def schemas_text() -> str:
    """The JSON schema of every answer, by command."""
    schemas = {command: answer.model_json_schema(by_alias=True) for command, answer in ANSWERS.items()}
    return json.dumps(schemas, ensure_ascii=False, indent=1) + "\n"
