"""`ikm`: the results of a period from the store, as `hitung` prints them."""

from __future__ import annotations

from argparse import Namespace

from skm.analysis.as_json import rules_json
from skm.cli.as_json import dump, groups_json
from skm.cli.groups import Nama, headline, in_order, result_tables
from skm.cli.rules import build_rules, check_method, parse_per, parse_result_period
from skm.cli.storing import opened
from skm.cli.terminal import note, say, show
from skm.hasil import results_from_store
from skm.penutupan.resmi import open_official
from skm.pesan import message


def run(args: Namespace) -> int:
    """Print the results of a stored survey's period; 2 where it has no answers."""
    check_method(args)
    per = parse_per(args.per)
    periode = parse_result_period(args.periode)
    with opened() as store:
        resmi = open_official(store, args.survei)
        survei = resmi.survei
        aturan = build_rules(survei, args)
        if aturan == survei.aturan:  # no other rules asked for: closed periods keep their own
            aturan = resmi.aturan
        found = results_from_store(resmi, aturan, periode, per)
    nama = Nama.of(survei)
    groups = in_order(found, nama)
    empty = not any(g.hasil.hasil.responden for g in groups)
    if args.json:
        say(dump({"metode": rules_json(aturan), "kelompok": groups_json(groups, nama)}))
    elif not empty:
        for line in headline(groups, periode):
            say(line)
        title = f"{'IKM per kelompok' if per else 'IKM per unsur'}, {periode.label}"
        for tabel in result_tables(groups, nama, per, title):
            show(tabel)
    if empty:
        note(message("tanpa-jawaban"))
        return 2
    return 0
