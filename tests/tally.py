"""What the test programs share: counting, and saying where two outputs part."""


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, true, what=""):
        if true:
            self.passed += 1
        else:
            self.failed += 1
            print("not ok", name, what)
        return true


def first_difference(expected, actual):
    for number, (a, b) in enumerate(
            zip(expected.splitlines(), actual.splitlines()), 1):
        if a != b:
            return f"line {number}\n  expected {a!r}\n  came     {b!r}"
    return "one output is longer than the other"
