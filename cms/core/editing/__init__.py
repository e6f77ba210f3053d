"""Two people on one page: a save on top of a version that its author has not seen is refused.

`merging` compares three versions as plain data, `sameness` says when two stored values mean the
same, `report` puts differences into words, `views` stands before Wagtail's editor. The room
decides which version wins nowhere: where both changed a field, the person is asked.
"""
