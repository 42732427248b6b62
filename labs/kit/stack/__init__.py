"""Real servers: Envoy, PostgreSQL, Valkey, Prometheus and Alertmanager."""

from labs.kit.stack.alertmanager import Alertmanager
from labs.kit.stack.envoy import Envoy, validate
from labs.kit.stack.installation import binary, versions
from labs.kit.stack.postgres import Postgres
from labs.kit.stack.prometheus import Prometheus
from labs.kit.stack.server import NotReady, Server
from labs.kit.stack.together import start
from labs.kit.stack.tools import amtool, check_config, check_rules, promtool, test_rules
from labs.kit.stack.valkey import Valkey
from labs.kit.stack.webhook import Webhook

__all__ = [
    "Alertmanager",
    "Envoy",
    "NotReady",
    "Postgres",
    "Prometheus",
    "Server",
    "Valkey",
    "Webhook",
    "amtool",
    "binary",
    "check_config",
    "check_rules",
    "promtool",
    "start",
    "test_rules",
    "validate",
    "versions",
]
