"""Which answer belongs to which command, and the schemas as one JSON text."""

import json
from pathlib import Path

from pydantic import BaseModel

from schoollib_xl.contracts import answers, more_answers

SCHEMAS_FILE = Path(__file__).with_name("schemas.json")
ANSWERS: dict[str, type[BaseModel]] = {
    "check": answers.CheckAnswer,
    "explain": answers.Catalogue,
    "explain CODE": answers.CatalogueEntry,
    "quota": answers.QuotaAnswer,
    "quota --reader": answers.AllowanceAnswer,
    "plan": answers.PapersAnswer,
    "summary": answers.PapersAnswer,
    "notices": answers.PapersAnswer,
    "adopt": answers.AdoptAnswer,
    "roster": answers.RosterAnswer,
    "stocktake": answers.StocktakeAnswer,
    "inspect": more_answers.InspectAnswer,
    "progress": more_answers.ProgressAnswer,
    "labels": more_answers.LabelsAnswer,
    "lists": more_answers.ListsAnswer,
    "handover": more_answers.HandoverAnswer,
    "print": more_answers.PrintAnswer,
    "new-year": more_answers.NewYearAnswer,
    "merge": more_answers.MergeAnswer,
    "county": more_answers.CountyAnswer,
}


def schemas_text() -> str:
    """The JSON schema of every answer, by command."""
    schemas = {command: answer.model_json_schema(by_alias=True) for command, answer in ANSWERS.items()}
    return json.dumps(schemas, ensure_ascii=False, indent=1) + "\n"
