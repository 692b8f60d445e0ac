"""A finding (核查问题): what is wrong, where, and by its code how to mend it. Findings are values, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from scoring.location import Location

ERROR, WARNING, ADVICE = "错误", "提醒", "提示"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. Its words stand in reports/findings/*.yaml under `code`; `params` fill them.

    Parameters are ready-made strings: a catalogue formats, it never computes.
    `department` is set where the problem belongs to one department, so that views can withhold it.
    """

    code: str
    severity: str
    params: tuple[tuple[str, str], ...] = ()
    location: Location | None = None
    other: Location | None = None
    department: str = ""


def finding(
    code: str,
    location: Location | None = None,
    /,
    *,
    other: Location | None = None,
    department: str = "",
    **params: object,
) -> Finding:
    """Make a Finding; its severity is fixed by its code."""
    said = tuple(sorted((name, str(value)) for name, value in params.items()))
    return Finding(code, SEVERITIES[code], said, location, other, department)


@dataclass(slots=True)
class Findings:
    """Collects findings while a stage goes on, so that a user sees all of them at once."""

    found: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        location: Location | None = None,
        /,
        *,
        other: Location | None = None,
        department: str = "",
        **params: object,
    ) -> None:
        self.found.append(finding(code, location, other=other, department=department, **params))

    def extend(self, more: Iterable[Finding]) -> None:
        self.found.extend(more)

    @property
    def errors(self) -> bool:
        return any(each.severity == ERROR for each in self.found)


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings in file order, each once: the order of reading must not show in what is printed."""

    def place(each: Finding) -> tuple[object, ...]:
        where = each.location or Location("")
        return (where.file, where.sheet, where.line, where.column, each.code, each.params, each.department)

    return sorted(dict.fromkeys(found), key=place)


def under(found: Iterable[Finding], department: str) -> list[Finding]:
    """The same findings, said to belong to one department."""
    return [replace(each, department=department) for each in found]


# One line a code, in order. K1 reading · K2 the method · K3 what departments and the bureau hand in ·
# K4 run folders and verification · K5 what is published · K6 worked examples. A code is never used again.
SEVERITIES: dict[str, str] = {
    "K101": ERROR,  # unknown key
    "K102": ERROR,  # no `: ` behind a key, but something like it
    "K103": ERROR,  # a tab
    "K104": ERROR,  # another look-alike character
    "K105": ERROR,  # not UTF-8
    "K106": ERROR,  # the same key or element twice
    "K107": ERROR,  # cannot be read as YAML here
    "K108": ERROR,  # anchors, aliases, tags, merge keys, several documents
    "K109": ERROR,  # a key without a value
    "K110": ERROR,  # a key is missing
    "K111": ERROR,  # another kind of value belongs here
    "K112": ERROR,  # a number written as text
    "K113": ERROR,  # not one of the allowed values
    "K114": ERROR,  # written in another form than this place asks for
    "K115": ERROR,  # the file cannot be opened, is empty or too large
    "K116": WARNING,  # a file that nothing here uses
    "K117": ERROR,  # keys that exclude or demand each other
    "K118": ERROR,  # too few or too many
    "K119": ERROR,  # a number outside what is possible here
    "K120": ERROR,  # a table that cannot be opened
    "K121": ADVICE,  # a table in GB18030, read all the same
    "K122": ERROR,  # a cell that shows an error of the spreadsheet program
    "K123": ERROR,  # a column without a heading
    "K124": ERROR,  # two columns of the same heading
    "K125": ERROR,  # a row longer than the headings
    "K126": WARNING,  # a sheet without rows
    "K127": ERROR,  # merged cells
    "K200": ERROR,  # a file every edition needs is not there
    "K201": ERROR,  # no such edition
    "K202": ERROR,  # no such input folder
    "K203": WARNING,  # an edition in a folder of another name
    "K210": ERROR,  # unknown fact
    "K211": ERROR,  # not a number where one must stand
    "K212": ERROR,  # a share of marks where there are no marks
    "K213": ERROR,  # provision of an unknown document
    "K214": ERROR,  # a bare number beside a rate
    "K216": ERROR,  # unknown code
    "K217": ERROR,  # not a condition
    "K218": ERROR,  # unknown group
    "K219": ERROR,  # unknown state
    "K220": ERROR,  # a required choice is missing
    "K221": ERROR,  # not exactly one operator
    "K222": ERROR,  # units that do not go together
    "K223": ERROR,  # wrong number of operands
    "K224": ERROR,  # a table without a row for every state
    "K225": ERROR,  # more than one mechanism
    "K226": ERROR,  # not exactly one award in a row
    "K227": ERROR,  # no measure to speak of
    "K228": ERROR,  # add and deduct both, or neither
    "K229": ERROR,  # a check needs one that does not stand before it
    "K230": ERROR,  # a circle
    "K231": ERROR,  # anchors of a scale that fall together
    "K232": ERROR,  # a step of zero
    "K233": ERROR,  # a fact neither given nor derived
    "K234": ERROR,  # a field named like a fact
    "K235": ERROR,  # a list without a key
    "K236": ERROR,  # unknown named rule
    "K237": ERROR,  # a code used twice
    "K238": ERROR,  # a node with neither or both of mechanism and parts
    "K239": ERROR,  # no part of that name to choose
    "K240": ERROR,  # a limit with not exactly one effect
    "K241": ERROR,  # unknown grade
    "K242": ERROR,  # a node that no total uses
    "K243": ERROR,  # not a date
    "K244": ERROR,  # a self-score outside the warnings
    "K245": ERROR,  # a period that ends before it begins
    "K250": ERROR,  # marks that do not add up
    "K251": ERROR,  # weights that do not add up
    "K252": ERROR,  # parts with other marks than the whole
    "K253": ERROR,  # a gap in a table
    "K254": ERROR,  # rows that overlap
    "K255": WARNING,  # a row that never counts
    "K256": WARNING,  # a condition that never holds
    "K257": WARNING,  # a condition that always holds
    "K258": WARNING,  # marks that nothing reaches
    "K259": WARNING,  # the same points whatever the data
    "K260": ERROR,  # above the marks, without a cap
    "K261": ERROR,  # below the marks, without a floor
    "K262": WARNING,  # a cap or floor that does not fit
    "K263": ERROR,  # a total without a grade
    "K264": ERROR,  # a total with two grades
    "K265": ERROR,  # no treatment of 不适用
    "K266": ERROR,  # no word on a special case of an operator
    "K267": ERROR,  # leaves a table that nobody rebases
    "K268": ERROR,  # no part to take
    "K269": WARNING,  # a fact that nothing uses
    "K270": WARNING,  # no provision
    "K271": ERROR,  # no calendar
    "K272": WARNING,  # a calendar that does not cover the period
    "K273": ERROR,  # a day both off and worked
    "K274": WARNING,  # a code with another meaning than a year ago
    "K275": ERROR,  # related to a code that there was not
    "K276": ERROR,  # periods that overlap
    "K277": WARNING,  # periods that leave a gap
    "K278": ERROR,  # a quota that rounding can exceed
    "K279": ERROR,  # a quota other than its article says
    "K280": ERROR,  # a quota against its rank or ties
    "K281": WARNING,  # a quota without effect
    "K282": WARNING,  # totals that print alike and count apart
    "K283": ERROR,  # scores in a circle
    "K284": ERROR,  # too large for the rules engine
    "K285": ERROR,  # a better datum lowers the score
    "K286": WARNING,  # a better datum may lower the score
    "K287": ADVICE,  # a reason for a direction that never turns
    "K288": ERROR,  # not done counts for more than late
    "K289": ADVICE,  # too large to be proven
    "K290": ADVICE,  # points for traces of work
    "K291": ADVICE,  # a veto
    "K292": WARNING,  # advice switched off that is not given
    "K293": WARNING,  # a limit that limits nobody
    "K294": ERROR,  # bounds that no datum can keep
    "K295": WARNING,  # grades in another order than their names
    "K296": ADVICE,  # a number that the official wording does not have
    "K297": ADVICE,  # an edge that the official wording draws otherwise
    "K298": WARNING,  # a year outside the period
    "K299": WARNING,  # a reviewer's number that no level admits
    "K300": ERROR,  # no roster
    "K301": ERROR,  # unknown department
    "K302": ERROR,  # two forms or rows for one department
    "K303": ERROR,  # nothing handed in
    "K304": ERROR,  # filled in for another edition
    "K305": ERROR,  # unknown fact or field
    "K306": ERROR,  # given, but derived
    "K307": ERROR,  # said by nobody who may
    "K308": ERROR,  # a list among the plain facts, or the other way round
    "K310": WARNING,  # data missing that a criterion needs
    "K311": ERROR,  # a rate without %
    "K312": ERROR,  # outside its bounds
    "K313": WARNING,  # more decimals than declared
    "K314": ERROR,  # 不适用 without a reason
    "K315": ERROR,  # 未完成 where it may not be
    "K316": ERROR,  # not a date
    "K317": ERROR,  # a review without a reason
    "K318": ERROR,  # % on what is no rate
    "K319": ERROR,  # a count that is none
    "K320": WARNING,  # layers disagree
    "K321": ERROR,  # two records of one key
    "K322": ERROR,  # said twice by one layer
    "K323": ERROR,  # a record without its key
    "K324": WARNING,  # a record that only one side has
    "K325": ERROR,  # a sheet that names no departments
    "K326": ERROR,  # a row whose department is not clear
    "K330": WARNING,  # required evidence is not there
    "K331": ERROR,  # evidence that no list knows
    "K332": ERROR,  # an evidence file that is not there
    "K333": ERROR,  # an evidence file outside the folder
    "K334": ERROR,  # two pieces of evidence of one number
    "K335": ADVICE,  # evidence that nothing refers to
    "K340": ERROR,  # a date out of the period
    "K345": ERROR,  # no such day
    "K350": ERROR,  # unknown indicator, or another group's
    "K351": WARNING,  # a self-score outside its marks
    "K352": ADVICE,  # evidence used more than once
    "K353": ERROR,  # an override outside its marks
    "K355": ADVICE,  # self-scores not given
    "K356": WARNING,  # a self-score that is not the sum of its parts
    "K357": WARNING,  # 不适用 beside data that say otherwise
    "K358": ERROR,  # 不适用 where the method has no word for it
    "K359": WARNING,  # a datum that does not repeat last year's
    "K361": ERROR,  # one name, code or place in the list for two departments
    "K362": ERROR,  # unknown group
    "K363": ERROR,  # unknown successor
    "K364": WARNING,  # dates of a department against the period
    "K365": ADVICE,  # handed in without being assessed
    "K371": ERROR,  # unknown grade in a decision
    "K372": ERROR,  # two rulings of one kind
    "K380": ADVICE,  # a fact that no rule uses
    "K390": ERROR,  # looks like a mark of secrecy
    "K395": ERROR,  # the spreadsheet program has the file open
    "K401": ERROR,  # a manifest or another sealed record of a run is damaged
    "K402": ERROR,  # a file of a run was changed
    "K403": ERROR,  # a file of a run is missing
    "K404": ERROR,  # a file that the manifest does not list
    "K405": ERROR,  # computed by another version of the program
    "K406": ERROR,  # computing again gives something else
    "K407": ERROR,  # an approval or a publication of another run
    "K408": ERROR,  # a link where a file should be
    "K409": ERROR,  # no run folder
    "K410": ERROR,  # the run folder exists
    "K411": ERROR,  # the run was approved
    "K412": ERROR,  # something else stands there
    "K413": ERROR,  # a file name that is not safe everywhere
    "K414": ERROR,  # cannot be written
    "K415": ADVICE,  # an interrupted replacement was settled
    "K416": ERROR,  # published, then changed by hand
    "K417": ERROR,  # cannot be read
    "K418": ERROR,  # the run was replaced meanwhile
    "K419": ERROR,  # not the newest run the office knows
    "K420": ERROR,  # a link of the chain of corrections that does not fit
    "K421": ERROR,  # a run that cannot be corrected
    "K422": ERROR,  # the run to be corrected does not verify
    "K423": ERROR,  # not signed with this key
    "K424": ERROR,  # a signature that does not hold
    "K425": WARNING,  # a page for reading that would be made otherwise now
    "K426": ERROR,  # a key that cannot be used
    "K427": ERROR,  # a key file that exists
    "K428": WARNING,  # signatures that could not be checked
    "K430": ERROR,  # not approved yet
    "K431": ERROR,  # the folder for the archive exists
    "K432": WARNING,  # published without a PDF
    "K433": WARNING,  # a PDF that is not PDF/A
    "K434": WARNING,  # no retention period
    "K501": ERROR,  # a template names something that is not there
    "K502": ERROR,  # a template that cannot be read or filled
    "K504": ADVICE,  # pictures left out, because what draws them is not installed
    "K510": WARNING,  # settings of the office that were not given
    "K511": WARNING,  # an unknown grade in the settings
    "K512": WARNING,  # the number of unnamed departments will be told
    "K513": ADVICE,  # open to everybody, so without the annex of indicators
    "K514": WARNING,  # not finished, so only a draft
    "K515": ERROR,  # not finished, so no edition to issue
    "K516": ERROR,  # openness not chosen, or closed
    "K517": WARNING,  # a hand-written passage that found no place
    "K518": WARNING,  # a circular that is too long
    "K519": WARNING,  # a word that published texts do not use
    "K520": ADVICE,  # nothing to say on changes, the superseded edition was not there
    "K521": ERROR,  # another file of that name
    "K530": ERROR,  # not a correction of that run
    "K531": ADVICE,  # nothing to correct for this audience
    "K532": WARNING,  # a correction of what was never approved
    "K533": ERROR,  # an unnamed department in a paper that is not for the leaders
    "K540": ADVICE,  # the faces of a PDF file, all of the standard
    "K541": WARNING,  # a family that the office named is not there
    "K542": ERROR,  # no Chinese font at all
    "K543": WARNING,  # a face that stands in for the standard's
    "K544": ERROR,  # a character that no face has
    "K545": WARNING,  # the office's folder of fonts is not there
    "K546": ADVICE,  # characters set in another face than the rest
    "K550": ERROR,  # an edited paper says otherwise than the result
    "K551": ERROR,  # a paragraph or row of an edited paper is gone, new or elsewhere
    "K552": WARNING,  # numbers in a new paragraph
    "K553": ERROR,  # not a Word file
    "K601": ERROR,  # an example came to something else than was expected
    "K602": ERROR,  # an example speaks of something that the method does not have
    "K603": ERROR,  # an expectation that cannot be read
    "K604": ERROR,  # two departments of one code in an example
    "K605": WARNING,  # an edition without examples
    "K606": ADVICE,  # a criterion whose points no example states
    "K607": ADVICE,  # a row or condition that no example reaches
    "K608": WARNING,  # a number whose change no example notices
}
