"""Issue vocational skill-level certificates (职业技能等级证书). Imports nothing, so that a verifier stays light."""

__version__ = "0.1.0"
