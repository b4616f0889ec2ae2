from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Kzus

FACTS = Path(__file__).parent.parent / "conflicts.yaml"
LISTS = Path(__file__).with_name("headline.yaml")
ITEMS = """\
new-york-2025	locomotives	300 locomotives	2025-09-22	implementation	4.2bn USD	4200000000	4200000000		akorda-2025	trade	akorda-2025	0			0	1		
new-york-2025	loan	Loan for locomotives	2025-09	pledge	1.6bn USD	1600000000	1600000000	lent, in no total	wire-2025	financing	wire-2025	0			0	0		
"""  # noqa: E501, W291 - a line a member
CLAIM = "Akorda says about 5bn; its list gives no sums.\n"
MATRIX_80 = """\
Agreements of the visit in November · washington

SAYS           BY                ITS LIST    DIFFERENCE   PUBLISHED   OF
about 9bn      Foreign Ministry  2.5bn       6.5bn below  2026-01-08  –
6bn            State             7.2bn       1.2bn above  2025-11-07  –
more than 9bn  Herald            none given               2025-11-10  –
7 agreements   Foreign Ministry  4 of them                2025-11-08
8 agreements   Herald            none given               2025-11-10

ITEM                              FOREIGN…  STATE  COUNTED  FLOW      DATE
Three hundred engines and their…  500m EUR  4.2bn      4bn  trade     2025-09-22
Software                                     ≤3bn      1bn  invested  2025-11-06
· Chips                           ~1.5–2bn    2bn      2bn  invested  2025-11
Loan for engines                       1bn             1bn  lent      2025-11-06
Course                                   ✓               –            2025-11-06
sum of the list                      2.5bn  7.2bn
✓ listed without a sum, ~ about, ≤ up to
"""
NOTES = """\
Foreign Ministry says about 9bn; its list (ministry) comes to 2.5bn.
6.5bn of the claim has no sum on that list; 1 of its 4 agreements has none.
Without a list of their own: The Herald (more than 9bn).
In the sum of Foreign Ministry: ~1.5–2bn stands with 1.5bn; 1bn is lent; not added, since in another currency: engines.
In the sum of State: 3bn is a ceiling; not added, since the list has a sum for what they are part of: chips.
4 of 7 claimed agreements are identified, on the list of Foreign Ministry; 1 umbrella left out beside its parts.
On one list only: 3 of 5 items (Foreign Ministry 2, State 1).
Signed or announced before 2025-11: engines (2025-09-22).
In another package too: engines (new-york).
By kzus' own counting, each deal once: trade 4bn, investment 3bn; 4bn firm, 3bn pledged.
Lent, in none of these figures: 1bn pledged.
Of the same month and place, and on no list: seeds.
"""
SECTIONS_40 = """\
ITEM                           VALUE
Foreign Ministry
  4 items · comes to 2.5bn ─────────
Three hundred e… (2025-09)  500m EUR
· Chips                     ~1.5–2bn
Loan for engines                 1bn
Course                             ✓
State · 3 items · comes to 7.2bn ───
Three hundred e… (2025-09)     4.2bn
Software                        ≤3bn
· Chips                          2bn
✓ listed without a sum, ~ about, ≤ up to
"""


def without_line_ends(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_a_screen_has_what_each_list_says_of_each_item(kzus: Kzus) -> None:
    done = kzus("headline", "washington", facts=LISTS, width=80)
    screen = without_line_ends(done.out)

    assert (done.code, done.err) == (0, "")
    assert screen.startswith(MATRIX_80)
    assert screen.removeprefix(MATRIX_80).split() == NOTES.split()


def test_claims_that_only_their_day_tells_apart_stand_once_where_there_is_no_room_for_it(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    again = "- {count: 7, unit: agreements, source: ministry}"
    facts = fact_file(LISTS.read_text("utf-8").replace(again, f"{again}\n      {again[:-9]}ministry-later}}"))
    wide, narrow = (kzus("headline", "washington", width=width, facts=facts).out for width in (100, 60))

    assert wide.count("\n7 agreements ") == 2
    assert narrow.count("\n7 agreements ") == 1


def test_a_wide_screen_has_a_line_a_note_and_when_items_were_signed(kzus: Kzus) -> None:
    screen = without_line_ends(kzus("headline", "washington", facts=LISTS, width=120).out)

    assert screen.endswith(NOTES)
    software = next(line for line in screen.splitlines() if line.startswith("Software"))
    assert software.split() == ["Software", "≤3bn", "1bn", "invested", "2025-11-06", "pledge"]


def test_a_narrow_screen_has_one_list_below_another(kzus: Kzus) -> None:
    screen = without_line_ends(kzus("headline", "washington", facts=LISTS, width=40).out)

    assert SECTIONS_40 in screen


def test_the_sum_of_a_list_has_its_own_figures_and_no_part_twice(kzus: Kzus) -> None:
    found = json.loads(kzus("headline", "washington", "-f", "json", facts=LISTS).out)

    assert found["lists"] == [
        {
            "source": "ministry", "publisher": "Foreign Ministry", "published": "2025-11-08",
            "name": "Foreign Ministry", "items": 4, "agreements": 4, "valued": 3, "sum_usd": 2_500_000_000,
            "ceiling_usd": 0, "lent_usd": 1_000_000_000, "within": [], "other_currency": ["engines"],
            "without_sum": 1, "together_with": {}, "beside": [], "named": 4, "named_usd": 2_500_000_000,
        },
        {
            "source": "state", "publisher": "U.S. Department of State via Wire", "published": "2025-11-07",
            "name": "State", "items": 3, "agreements": 2, "valued": 3, "sum_usd": 7_200_000_000,
            "ceiling_usd": 3_000_000_000, "lent_usd": 0, "within": ["chips"], "other_currency": [], "without_sum": 0,
            "together_with": {}, "beside": [], "named": 2, "named_usd": 7_200_000_000,
        },
    ]  # fmt: skip
    assert [found[key] for key in ("list_source", "list_usd", "list_gap_usd", "claimed", "identified")] == [
        "ministry", 2_500_000_000, 6_500_000_000, 7, 4,
    ]  # fmt: skip
    engines = next(item for item in found["items"] if item["id"] == "engines")
    assert [engines[key] for key in ("lists", "is_before", "also_in", "part_of")] == [
        {"ministry": "500m EUR", "state": "4.2bn USD"}, True, ["new-york"], [],
    ]  # fmt: skip


def test_a_claim_is_compared_with_the_list_of_its_publisher_only(kzus: Kzus) -> None:
    values = json.loads(kzus("headline", "washington", "-f", "json", facts=LISTS).out)["values"]

    assert [(each["source"], each["list_source"], each["list_gap_usd"]) for each in values] == [
        ("ministry-later", "ministry", 6_500_000_000),
        ("state", "state", -1_200_000_000),
        ("herald", None, None),
    ]


def test_the_list_of_whoever_claims_no_sum_is_not_held_against_the_headline_of_others(kzus: Kzus) -> None:
    screen = without_line_ends(kzus("headline", "new-york", facts=LISTS, width=120).out)

    assert "The Herald says 4bn; it gives no list.\n" in screen
    assert "Without a gap, since its source claims no sum of it: the list of State (4bn).\n" in screen


TEXT = LISTS.read_text("utf-8")
BESIDE = TEXT.replace("{deal: course, source: ministry}", "{deal: course, source: ministry, beside: true}")


def washington(kzus: Kzus, facts: Path) -> Any:
    return json.loads(kzus("headline", "washington", "-f", "json", facts=facts).out)


def test_what_is_told_beside_the_claimed_agreements_is_not_one_of_them(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    facts = fact_file(BESIDE)
    found = washington(kzus, facts)
    screen = without_line_ends(kzus("headline", "washington", width=120, facts=facts).out)

    assert [found[key] for key in ("claimed", "identified", "named", "identified_by")] == [7, 3, 4, ["ministry"]]
    assert {item["id"]: (item["is_identified"], item["beside"]) for item in found["items"]} == {
        "engines": (True, []),
        "software": (False, []),
        "chips": (True, []),
        "loan": (True, []),
        "course": (False, ["ministry"]),
    }
    assert "\n7 agreements   Foreign Ministry  3 of them " in screen
    assert (
        "\n3 of 7 claimed agreements are identified, on the list of Foreign Ministry.\n"
        "1 more stands on lists that don't put it among the 7; 1 umbrella left out beside its parts.\n"
    ) in screen


def test_a_list_beside_the_claimed_agreements_falls_short_of_nothing(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    deals = ("loan, source: ministry", "chips, source: ministry", "engines, source: ministry")
    text = BESIDE
    for deal in deals:
        text = text.replace(deal, f"{deal}, beside: true")
    facts = fact_file(text)
    found = washington(kzus, facts)
    screen = without_line_ends(kzus("headline", "washington", width=120, facts=facts).out)

    assert [found[key] for key in ("list_source", "list_usd", "list_gap_usd", "identified", "named")] == [
        "ministry", 2_500_000_000, None, 0, 4,
    ]  # fmt: skip
    assert "\nabout 9bn      Foreign Ministry  2.5bn beside it  " in screen
    assert "\n7 agreements   Foreign Ministry  none of them  " in screen
    assert "\nForeign Ministry says about 9bn; its list (ministry), told beside it, comes to 2.5bn.\n" in screen
    assert "\nWithout a gap, since its source claims no sum of it: the list of Foreign Ministry (2.5bn).\n" in screen
    assert (
        "\nNone of 7 claimed agreements is identified.\n"
        "4 others stand on lists that don't put them among the 7; 1 umbrella left out beside its parts.\n"
    ) in screen


def test_a_gap_is_that_of_the_items_which_are_of_the_claim(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(TEXT.replace("loan, source: ministry", "loan, source: ministry, beside: true"))
    found = washington(kzus, facts)
    listed = next(each for each in found["lists"] if each["source"] == "ministry")
    screen = without_line_ends(kzus("headline", "washington", width=120, facts=facts).out)

    assert (listed["sum_usd"], listed["named_usd"]) == (2_500_000_000, 1_500_000_000)
    assert found["list_gap_usd"] == 7_500_000_000
    assert "; 1bn is told beside what its source claims; " in screen


def test_every_claimant_of_the_first_number_may_name_its_agreements(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    text = BESIDE.replace("{count: 8, unit: agreements, source: herald}", "{count: %s, unit: papers, source: state}")
    same, other = (washington(kzus, fact_file(text % number)) for number in (7, 8))

    assert (same["identified"], same["named"], same["identified_by"]) == (3, 4, ["ministry", "state"])
    assert (other["identified"], other["named"], other["identified_by"]) == (3, 4, ["ministry"])


JOINT = (
    "{deal: loan, source: ministry, value: 1bn USD}",
    "{deal: loan, source: ministry, value: 1bn USD, together_with: course, note: With the course}",
)


def test_a_joint_value_is_added_once_and_leaves_none_of_its_items_without_a_sum(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    facts = fact_file(TEXT.replace(*JOINT))
    found = washington(kzus, facts)
    listed = next(each for each in found["lists"] if each["source"] == "ministry")
    lines = without_line_ends(kzus("headline", "washington", width=120, facts=facts).out).splitlines()

    assert (listed["sum_usd"], listed["without_sum"]) == (2_500_000_000, 0)
    assert listed["together_with"] == {"loan": ["course"]}
    rows = {line.split()[0]: line.split() for line in lines if line}
    assert (rows["Loan"][3], rows["Course"][1]) == ("1bn¹", "(1bn)")
    at = lines.index("~ about, ≤ up to, ( ) in the sum of another item, added once")
    assert lines[at + 1] == "¹With the course."
    assert "6.5bn of the claim is not on that list." in lines


def test_a_joint_value_is_no_list_price_of_one_deal(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = FACTS.with_name("brief.yaml").read_text("utf-8")
    joint = "{deal: aircraft, source: wire-2025, value: 7bn USD, together_with: hub}"
    facts = fact_file(text.replace("{deal: aircraft, source: wire-2025, value: 7bn USD}", joint))
    lines = without_line_ends(kzus("headline", "washington", width=100, facts=facts).out).splitlines()

    assert next(line for line in lines if line.startswith("Aircraft")).split()[1:3] == ["7bn", "7bn*"]


def test_notes_on_what_lists_say_stand_below_the_matrix_by_number(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = TEXT.replace("4.2bn USD}", "4.2bn USD, note: As ordered.}")
    text = text.replace("value: 500m EUR}", "value: 500m EUR, note: The first ten}")
    facts = fact_file(
        text.replace("source: state, value: 2bn USD}", "source: state, value: 2bn USD, note: As ordered.}")
    )
    wide, narrow = (without_line_ends(kzus("headline", "washington", width=w, facts=facts).out) for w in (120, 40))

    assert " 500m EUR¹  4.2bn² " in wide
    assert " ~1.5–2bn    2bn² " in wide
    assert "\n✓ listed without a sum, ~ about, ≤ up to\n¹The first ten. ²As ordered.\nForeign Ministry says" in wide
    assert narrow.count("²\n") == 2
    assert "\n¹The first ten. ²As ordered.\n" in narrow
    items = {item["id"]: item["notes"] for item in washington(kzus, facts)["items"]}
    assert (items["engines"], items["course"]) == ({"ministry": "The first ten", "state": "As ordered."}, {})


def test_what_is_signed_after_the_package_is_told_as_well(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    loan = "    flow: financing\n    stage: pledge\n    date: 2025-11-"
    later = TEXT.replace(f"{loan}06", f"{loan}20")
    screen = without_line_ends(kzus("headline", "washington", width=120, facts=fact_file(later)).out)

    assert "\nSigned or announced before 2025-11: engines (2025-09-22).\n" in screen
    assert "\nSigned or announced after 2025-11-07: loan (2025-11-20).\n" in screen
    assert "after" not in kzus("headline", "washington", width=120, facts=LISTS).out


@pytest.mark.parametrize(
    ("date", "value", "unlisted", "named"),
    [
        ("2025-11-06", "", ["wheels"], "wheels"),
        ("2025-11", "", ["wheels"], "wheels"),
        ("2026-05-02", "", [], ""),
        (
            "2026-05-02",
            "    values: [{value: 9bn USD, measure: price, source: state}]\n",
            ["wheels"],
            "wheels (2026-05-02)",
        ),
    ],
)
def test_a_later_part_of_an_item_is_told_only_where_the_item_counts_less_for_it(
    kzus: Kzus, fact_file: Callable[[str], Path], date: str, value: str, unlisted: list[str], named: str
) -> None:
    part = (
        f"  wheels: {{title: Wheels, instrument: contract, flow: trade, stage: pledge, date: {date}, date_kind: signed,"
        " part_of: course, sector: trade, parties: [railway, maker],"
        " values: [{value: 1bn USD, measure: price, source: state}]}\n"
    )
    text = TEXT.replace("packages:\n", f"{part}packages:\n")
    course = "    title: Course\n    instrument: memorandum\n    flow: cooperation\n"
    assert course in text
    text = text.replace(course, f"{course.replace('cooperation', 'trade')}{value}")
    facts = fact_file(text)
    screen = without_line_ends(kzus("headline", "washington", width=120, facts=facts).out)

    assert washington(kzus, facts)["unlisted_parts"] == unlisted
    assert (f"\nParts of items that no list names count 1bn more: {named}.\n" in screen) is bool(unlisted)


MINISTRY_VIA = TEXT.replace("source: ministry-later}", "source: ministry-later, via: Office}")


def test_whom_a_source_names_stands_in_front_of_it(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    text = MINISTRY_VIA.replace("      - {value: 6bn USD, source: state}\n", "").replace("more than 9bn", "about 9bn")
    facts = fact_file(text)
    narrow, usual, wide = (without_line_ends(kzus("headline", width=w, facts=facts).out) for w in (80, 100, 160))

    own = kzus("headline", "washington", width=120, facts=facts).out
    assert "\nabout 9bn     Office (Foreign Ministry)  2.5bn " in own
    assert "\nwashington: Office (Foreign Ministry) says about 9bn; new-york: Herald says 4bn\n" in narrow
    assert "   ~9bn  Office  " in usual
    assert "   ~9bn  Office (Foreign Ministry)  " in wide
    listed = json.loads(kzus("headline", "-f", "json", facts=facts).out)
    assert [each["by"] for each in listed] == ["Office (Foreign Ministry)", "Herald"]


@pytest.mark.parametrize(("width", "ids"), [(80, ""), (100, ": washington, new-york"), (140, "")])
def test_the_list_of_packages_says_how_to_see_one(kzus: Kzus, width: int, ids: str) -> None:
    lines = kzus("headline", width=width, facts=LISTS).out.splitlines()

    assert lines[-1] == f"one against its lists, item by item: kzus headline ID{ids}"
    assert not any("kzus headline" in kzus("headline", "-f", form, facts=LISTS).out for form in ("md", "tsv"))


def test_a_package_with_a_note_says_where_it_stands(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    date = "    date: 2025-11-07\n"
    facts = fact_file(TEXT.replace(f"{date}    values", f"{date}    note: Odd.\n    values"))
    with_note, without = (kzus("headline", "washington", width=100, facts=each).out for each in (facts, LISTS))

    assert with_note.endswith("\nthe curator's note on it: kzus show washington\n")
    assert "kzus show" not in without + kzus("headline", "washington", "-f", "md", facts=facts).out


def test_packages_have_a_line_each_from_100_columns_on(kzus: Kzus) -> None:
    done = kzus("headline", facts=LISTS, width=100)

    assert without_line_ends(done.out) == (
        "DATE        TITLE                                  SAYS  BY         ITS LIST    GAP  NAMED\n"
        "2025-11-07  Agreements of the visit in November   6–9bn  3 sources     2.5bn  6.5bn    4/7\n"
        "2025-09     Agreements of the visit in September    4bn  Herald          –      –        –\n"
        "2 packages\n"
        "washington: 3 sources say 6–9bn; its list and gap go with about 9bn (Foreign Ministry)\n"
        "one against its lists, item by item: kzus headline ID: washington, new-york\n"
    )


def test_a_list_of_packages_has_the_span_of_what_sources_say(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    slip = "6bn USD, source: state"
    text = LISTS.read_text("utf-8").replace(slip, f"{slip}, rank: deprecated, because: A slip.")
    asked = ("headline", "-c", "id,low_said_usd,high_said_usd,claimants")

    assert kzus(*asked, "-n", "1", facts=LISTS).out == "washington\t6000000000\t9000000000\t3\n"
    assert kzus(*asked, "-n", "1", facts=fact_file(text)).out == "washington\t9000000000\t9000000000\t2\n"
    assert "  ~9bn  Foreign Ministry  " in kzus("headline", width=100, facts=fact_file(text)).out


def test_words_find_packages_only(kzus: Kzus) -> None:
    done = kzus("headline", "agreements", facts=LISTS)

    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "kzus: 'agreements' may be any of 2; write the id of one, or more of its name\n"
        "  washington  package  Agreements of the visit in November\n"
        "  new-york    package  Agreements of the visit in September\n"
    )
    assert kzus("headline", "november", facts=LISTS).code == 0


def test_markdown_is_the_matrix(kzus: Kzus) -> None:
    lines = kzus("headline", "washington", "-f", "markdown", facts=LISTS).out.splitlines()

    assert [line for line in lines if "Chips" in line] == [
        r"| · Chips | \~1.5–2bn | 2bn | 2bn | invested | 2025-11 | pledge |"
    ]


def test_a_document_says_what_it_tells_and_numbers_the_sources_of_claims_and_lists(kzus: Kzus) -> None:
    done = kzus("headline", "-f", "markdown")
    blocks = done.out.split("\n\n")

    assert (done.code, done.err) == (0, "")
    assert blocks[:3] == [
        "# Agreements of the visit to New York",
        "What each source claims of the package new-york-2025, and what its own list of items comes to.",
        "| Says | By | Its list | Published | Source |\n"
        "| ------------ | ------ | --------- | ---------- | ------- |\n"
        "| about 5bn | Akorda | no sums | 2025-09-22 | [\\[1\\]](<https://example.org/akorda>) |\n"
        "| 3 agreements | Akorda | 1 of them | 2025-09-22 | [\\[1\\]](<https://example.org/akorda>) |",
    ]
    assert blocks[5].splitlines()[2:] == [
        "| Akorda | Akorda | 2025-09-22 | 1 |  | [\\[1\\]](<https://example.org/akorda>) |",
        "| Wire | Wire | 2025-11 | 1 |  | [\\[2\\]](<https://example.org/wire?a=1>) |",
    ]
    assert blocks[blocks.index("## Sources") + 1].startswith("1. Akorda, “Visit to New York”, 2025-09-22")


@pytest.mark.parametrize("ids", [[], ["new-york-2025"]], ids=["the only one", "by id"])
def test_a_pipe_gets_a_line_a_member_and_the_claim_on_stderr(kzus: Kzus, ids: list[str]) -> None:
    done = kzus("headline", *ids)

    assert (done.code, done.out, done.err) == (0, ITEMS, CLAIM)


def test_json_is_one_document_whose_figures_add_up(kzus: Kzus) -> None:
    found = json.loads(kzus("headline", "washington-2025", "-f", "json", facts=FACTS).out)

    assert [found[key] for key in ("headline_usd", "pledge_usd", "firm_usd", "total_usd", "low_usd", "high_usd")] == [
        9_000_000_000, 7_000_000_000, 3_000_000_000, 10_000_000_000, 2_800_000_000, 12_500_000_000,
    ]  # fmt: skip
    assert found["gap_usd"] == found["headline_usd"] - found["total_usd"] == -1_000_000_000
    assert sum(item["counted_usd"] or 0 for item in found["items"]) == found["total_usd"]
    assert [value["gap_usd"] for value in found["values"]] == [-1_000_000_000, -1_000_000_000, 1_500_000_000]
    assert {item["id"]: item["listed_by"] for item in found["items"]} == {
        "aircraft": ["state-2025"],
        "harvesters": ["ministry-2025", "state-2025"],
        "wind-farm": ["ministry-2025"],
        "seeds": ["wire-2025"],
    }
    assert found["unlisted"] == ["turbines"]
    assert found["unlisted_parts"] == ["wind-farm-grid"]


def test_without_an_id_several_are_listed_with_their_gaps(kzus: Kzus) -> None:
    done = kzus("headline", "-c", "id,headline_usd,total_usd,gap_usd", facts=FACTS)

    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "washington-2025\t9000000000\t10000000000\t-1000000000\nastana-2024\t500000000\t630000000\t-130000000\n"
    )


def test_a_lens_sees_only_what_its_source_lists(kzus: Kzus) -> None:
    found = json.loads(kzus("headline", "--source", "wire-2025", "-f", "json", facts=FACTS).out)
    washington = next(each for each in found if each["id"] == "washington-2025")

    assert (washington["members"], washington["headline_usd"]) == (1, 11_500_000_000)


def test_a_headline_in_another_currency_has_the_dollars_that_its_source_gives(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    text = FACTS.read_text("utf-8").replace("9bn USD, of: the 29 agreements", "8bn EUR, usd: about 9.3bn USD")
    facts = fact_file(text.replace("more than 9bn USD", "4tn KZT"))
    found = json.loads(kzus("headline", "washington-2025", "-f", "json", facts=facts).out)

    assert (found["value"], found["headline_usd"], found["gap_usd"]) == ("8bn EUR", 9_300_000_000, -700_000_000)
    assert [value["gap_usd"] for value in found["values"]] == [-700_000_000, None, 1_500_000_000]


def test_a_headline_without_dollars_has_no_gap(kzus: Kzus, fact_file: Callable[[str], Path]) -> None:
    facts = fact_file(FACTS.read_text("utf-8").replace("0.5bn USD, source: wire-2025}", "5bn KZT, source: wire-2025}"))

    assert kzus("headline", "astana-2024", facts=facts).err == ("Wire says 5bn KZT; its list gives no sums.\n")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("washington-2052", "did you mean 'washington-2025' or 'astana-2024'?"),
        ("harvesters", "there are: washington-2025, astana-2024"),
        ("", "there are: washington-2025, astana-2024"),
        ("nosuch", "there are: washington-2025, astana-2024"),
    ],
)
def test_what_is_no_package_fails_and_names_those_that_could_be_meant(kzus: Kzus, name: str, meant: str) -> None:
    done = kzus("headline", name, facts=FACTS)

    assert (done.code, done.out, done.err) == (1, "", f"kzus: unknown package '{name}' ({meant})\n")


def test_the_shipped_headline_of_washington_falls_short_of_its_items(kzus: Kzus) -> None:
    found = json.loads(kzus("headline", "washington-2025-11", "-f", "json", facts=None).out)

    assert found["headline_usd"] == 17_000_000_000
    assert {item["id"] for item in found["items"]} >= {"ktz-wabtec-locomotives", "air-astana-boeing-787"}
    in_total = [item for item in found["items"] if item["flow"] != "financing"]
    assert found["gap_usd"] == 17_000_000_000 - sum(item["counted_usd"] or 0 for item in in_total)


def test_json_lines_are_a_line(kzus: Kzus) -> None:
    done = kzus("headline", "-f", "jsonl")

    assert done.out.count("\n") == 1
    assert json.loads(done.out) == json.loads(kzus("headline", "-f", "json").out)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("november 2025", "washington"),
        ("new york", "new-york"),
        ("visit september", "new-york"),
        ("Sep 2025", "new-york"),
        ("2025-11", "washington"),
        ("9bn", "washington"),
        ("9", "washington"),
        ("visit 9", "washington"),
        ("$9 billion", "washington"),
        ("visit 9bn", "washington"),
        ("2025-09 4bn", "new-york"),
    ],
)
def test_a_package_goes_by_words_of_its_title_its_time_and_what_it_claims(kzus: Kzus, words: str, found: str) -> None:
    done = kzus("headline", *words.split(), "-f", "json", facts=LISTS)

    assert (done.code, json.loads(done.out)["id"]) == (0, found)


def test_words_that_fit_no_package_name_those_that_there_are(kzus: Kzus) -> None:
    done = kzus("headline", "november", "8bn", facts=LISTS)

    assert (done.code, done.out) == (1, "")
    assert done.err == "kzus: unknown package 'november 8bn' (there are: washington, new-york)\n"
    assert kzus("headline", "2025", facts=LISTS).err.startswith("kzus: '2025' may be any of 2; ")


HERALD = """\
Agreements of the visit in November · washington · source herald
The lens hides what others say of it: about 9bn (Foreign Ministry), 6bn (State).

SAYS           BY      ITS LIST    PUBLISHED   OF
more than 9bn  Herald  none given  2025-11-10  –
"""


def test_behind_a_lens_the_title_stands_first_and_whose_sums_it_hides(kzus: Kzus) -> None:
    asked = ("headline", "washington", "--source", "herald")
    screen = without_line_ends(kzus(*asked, width=80, facts=LISTS).out)
    piped = kzus(*asked, facts=LISTS)

    assert screen.startswith(HERALD)
    assert piped.err == f"{HERALD.splitlines()[1]}\nThe Herald says more than 9bn; it gives no list.\n"


def test_items_of_a_list_that_a_lens_hides_are_told(kzus: Kzus) -> None:
    asked = ("headline", "washington", "--source", "ministry")
    screen = without_line_ends(kzus(*asked, width=120, facts=LISTS).out)
    hidden = "The lens hides items of these lists, so that they may come to less: chips, loan.\n"

    assert f" more than 9bn (Herald).\n{hidden}" in screen
    assert hidden in kzus(*asked, facts=LISTS).err
    assert "hides items" not in kzus("headline", "washington", "--source", "herald", width=120, facts=LISTS).out


def test_a_package_of_which_the_lens_shows_no_sum_has_its_title_all_the_same(
    kzus: Kzus, fact_file: Callable[[str], Path]
) -> None:
    facts = fact_file(LISTS.read_text("utf-8").replace("      - {value: 6bn USD, source: state}\n", ""))
    lines = without_line_ends(kzus("headline", "washington", "--source", "state", width=100, facts=facts).out)

    assert lines.startswith("Agreements of the visit in November · washington · source state\nThe lens hides what ")
    assert "\nNo source that the lens shows gives a sum for it.\n" in lines


def test_list_prices_keep_their_mark_and_are_told_of_sums(kzus: Kzus) -> None:
    facts = FACTS.with_name("brief.yaml")
    lines = without_line_ends(kzus("headline", "washington", width=100, facts=facts).out).splitlines()

    assert next(line for line in lines if line.startswith("Aircraft")).split()[1:4] == ["7bn*", "7bn*", "bought"]
    assert "✓ listed without a sum, * list price, before discounts" in lines
    assert "In the sum of Wire: 7bn is list price." in lines
    counted = "trade 11bn (of it 7bn list price), of unclear kind 2bn; 4bn firm, 9bn pledged (of it 7bn list price)"
    assert counted in " ".join(lines)


MINISTRY = "{value: about 9bn USD, source: ministry-later}"
WHOLE_LIST = (
    "{deal: course, source: ministry}",
    "{deal: course, source: ministry, value: 1m USD}",
)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            MINISTRY,
            "{value: about 9bn USD, source: ministry-later, via: Reuters}",
            [
                "Reuters (Foreign Ministry) says about 9bn; its list (ministry) comes to 2.5bn.",
                "6.5bn of the claim has no sum on that list; 1 of its 4 agreements has none.",
            ],
        ),
        (
            *WHOLE_LIST,
            [
                "Foreign Ministry says about 9bn; its list (ministry) comes to 2.501bn.",
                "6.499bn of the claim is not on that list.",
            ],
        ),
        (
            "value: 1bn USD}\n      - {deal: course",
            "value: 9bn USD}\n      - {deal: course",
            ["Foreign Ministry says about 9bn; its list (ministry) comes to 10.5bn, 1.5bn above."],
        ),
        (
            "{deal: chips, source: ministry, value: about 1.5–2bn USD}",
            "{deal: chips, source: ministry}",
            [
                "Foreign Ministry says about 9bn; its list (ministry) comes to 1bn.",
                "8bn of the claim has no sum on that list; 2 of its 4 agreements have none.",
            ],
        ),
    ],
)
@pytest.mark.parametrize("width", [None, 120])
def test_what_a_list_lacks_of_its_claim_may_be_on_it_without_a_sum(
    kzus: Kzus, fact_file: Callable[[str], Path], old: str, new: str, lines: list[str], width: int | None
) -> None:
    text = LISTS.read_text("utf-8")
    assert old in text
    done = kzus("headline", "washington", facts=fact_file(text.replace(old, new)), width=width)
    printed = (done.err if width is None else done.out).splitlines()
    at = printed.index(lines[0])

    assert printed[at : at + len(lines)] == lines
    assert len(printed) == at + len(lines) if width is None else "the claim" not in "".join(printed[at + len(lines) :])


@pytest.mark.parametrize("width", [20, 60, 100])
def test_headlines_are_drawn_without_headings(kzus: Kzus, width: int) -> None:
    assert kzus("headline", "--no-header", width=width).code == 0
