"""Real servers: Envoy, PostgreSQL, Valkey, Prometheus and Alertmanager."""

from labs.kit.stack.envoy import Envoy
from labs.kit.stack.postgres import Postgres
from labs.kit.stack.server import NotReady, Server

__all__ = ["Envoy", "NotReady", "Postgres", "Server"]
