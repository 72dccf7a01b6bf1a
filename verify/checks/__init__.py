"""The checks, one module a subject: each looks at one matter and answers with evidence."""
