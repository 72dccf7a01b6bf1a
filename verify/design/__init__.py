"""Reads a proposed certificate design (证书样式设计稿) and checks it against the notices, clause by clause."""
