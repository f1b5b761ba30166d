"""Notes of the changes made so far what they are about, as `actions/topics.py` does from now on.

The rules stand here a second time, as they were: a migration must not change with the code.
"""

from collections import Counter

from django.db import migrations

NOUNS = ["claim", "question", "incident", "article", "source"]
KINDS = {
    "claim": "claim",
    "link": "link",
    "filing": "filing",
    "incident": "incident",
    "question": "incident",
    "position": "incident",
    "article": "article",
    "source": "source",
    "side": "source",
    "assessment": "verdict",
    "comment": "comment",
    "rating": "source",
    "member": "desk",
    "workspace": "desk",
}
AT_ONCE = 1000


class Topics:
    """The objects that a row of the journal is about; parents are looked up in the tables."""

    def __init__(self, apps):
        def read(model, *columns):
            rows = apps.get_model("claims", model).objects.values_list("id", *columns)
            return {id: values for id, *values in rows.iterator()}

        self.claims = read("Claim", "article_id", "source_id", "incident_id")
        self.answers = read("Position", "question_id")
        self.questions = read("Question", "incident_id")
        self.texts = read("Revision", "article_id")

    def of(self, model, id, data):
        match model:
            case "claim":
                yield "claim", id
                yield "incident", data["incident_id"]
                yield "article", data["article_id"]
                yield from [("source", data[f"{name}_id"]) for name in ("source", "via", "accused")]
            case "span" | "figure":
                yield from self.claim(data["claim_id"])
            case "link":
                yield from self.claim(data["from_claim_id"])
                yield from self.claim(data["to_claim_id"])
                yield "incident", data["incident_id"]
            case "filing":
                yield from self.claim(data["claim_id"])
                yield from self.answer(data["position_id"])
            case "position":
                yield from self.question(data["question_id"])
            case "question":
                yield "question", id
                yield "incident", data["incident_id"]
            case "incident" | "article":
                yield model, id
            case "source":
                yield "source", id
                yield "article", data["article_id"]
            case "alias" | "rating":
                yield "source", data["source_id"]
            case "assessment" | "comment":
                yield from self.subject(data)
            case "revision" | "paragraphread":
                yield from self.text(data)

    def claim(self, id):
        if id in self.claims:
            article, source, incident = self.claims[id]
            yield from [("claim", id), ("article", article), ("source", source)]
            yield "incident", incident

    def subject(self, data):
        yield "incident", data["incident_id"]
        if data["question_id"]:
            yield from self.question(data["question_id"])
        if data.get("claim_id"):
            yield from self.claim(data["claim_id"])
        yield "article", data.get("article_id")

    def text(self, data):
        if "article_id" in data:
            yield "article", data["article_id"]
        else:
            yield from [("article", id) for id in self.texts.get(data["revision_id"], [])]

    def answer(self, id):
        for question in self.answers.get(id, []):
            yield from self.question(question)

    def question(self, id):
        yield "question", id
        for incident in self.questions.get(id, []):
            yield "incident", incident


def note(apps, schema_editor):
    change_model = apps.get_model("claims", "Change")
    topic_model = apps.get_model("claims", "ChangeTopic")
    known = {}
    waiting = []
    # In the order in which they were made, so that what was undone comes before its undo.
    for change in change_model.objects.order_by("id").iterator(AT_ONCE):
        first = known.get(change.undo_of_id)
        change.first = first
        change.kind = first.kind if first else KINDS.get(change.action.partition(".")[0], "other")
        if first:
            first.undone = change.is_undo
            waiting.append(first)
        known[change.pk] = first or change
        waiting.append(change)
    for start in range(0, len(waiting), AT_ONCE):
        change_model.objects.bulk_update(
            waiting[start : start + AT_ONCE], ["first", "kind", "undone"], batch_size=200
        )
    topics = Topics(apps)
    found = {}
    lines = apps.get_model("claims", "ChangeRow").objects.order_by("change_id", "id")
    for line in lines.iterator(AT_ONCE):
        if found and line.change_id not in found:
            _write(topic_model, found)
        _, about = found.setdefault(line.change_id, (line.workspace_id, Counter()))
        told = []
        for data in (line.before, line.after):
            if data:
                told += topics.of(line.model, line.object_id, data)
        about.update((noun, id) for noun, id in told if id is not None)
    _write(topic_model, found)


def _ordered(about):
    """First one of every noun, then the seconds; within a noun, what is named most often first."""
    often = sorted(about, key=lambda topic: (-about[topic], topic[1]))
    places, keys = Counter(), {}
    for noun, id in often:
        keys[noun, id] = (places[noun], NOUNS.index(noun))
        places[noun] += 1
    return sorted(often, key=lambda topic: keys[topic])


def _write(topic_model, found):
    for change, (workspace, about) in found.items():
        order = _ordered(about)
        topic_model.objects.bulk_create(
            [
                topic_model(
                    change_id=change, workspace_id=workspace, noun=noun, object_id=id, order=place
                )
                for place, (noun, id) in enumerate(order)
            ],
            batch_size=500,
        )
    found.clear()


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_history")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop, elidable=True)]
