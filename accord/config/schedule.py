"""What time causes. Filled by the slices that have something to do by the clock."""

SCHEDULE: tuple[object, ...] = ()
