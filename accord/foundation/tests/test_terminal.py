"""How far long work is, at a terminal."""

import io

from accord.foundation.terminal import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_that_goes_away_in_the_end():
    stream = Terminal()
    with ProgressBar(stream) as bar:
        bar(0, 0)
        bar(1_500, 1_500)
        assert "100%  1,500 / 1,500" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_steps_that_follow_too_fast_are_passed_over():
    stream = Terminal()
    bar = ProgressBar(stream)
    bar(1, 10)
    bar(2, 10)
    assert "1 / 10" in stream.getvalue()
    assert "2 / 10" not in stream.getvalue()


def test_what_is_no_terminal_sees_nothing():
    stream = io.StringIO()
    with ProgressBar(stream) as bar:
        bar(10, 10)
    assert stream.getvalue() == ""
