"""Titles that are one however they are typed; a cell filled to the brim takes no longer than another."""

from schoollib_xl.rules.likeness import people_in, same_name, same_title


def test_a_run_of_volumes_at_the_end_is_no_part_of_a_title() -> None:
    assert all(same_title(title, "西游记") for title in ("西游记（1-4）", "西游记 第一至四册", "《西游记1—4册》"))
    assert not same_title("从1到10", "小河")


def test_the_longest_cell_there_is_can_be_a_title() -> None:
    longest = "册" * 32_767
    assert not same_title(longest, "小河")
    assert same_title(longest + "（1-4）", longest)


def test_what_is_added_to_a_name_makes_no_other_unless_both_have_something() -> None:
    assert all(same_name(written, "李明") for written in ("李 明", "李明同学", "李明（三1班）"))
    assert all(same_name(written, "李明（女）") for written in ("李明", "李明（女）"))
    assert not same_name("李明（大）", "李明（小）")
    assert not same_name("李明", "李月（女）")


def test_the_people_of_a_cell_are_told_apart_but_not_who_is_called_so() -> None:
    known = {"李和平", "陈静"}.__contains__
    assert people_in("李和平", known) == ["李和平"]
    assert people_in("李和平、陈静和王及第", known) == ["李和平", "陈静", "王", "第"]
    assert people_in("陈静和孙平", known) == ["陈静", "孙平"]
    assert people_in("李和平和孙平", known) == ["李和平", "孙平"]
    assert people_in("孙平及李和平", known) == ["孙平", "李和平"]
