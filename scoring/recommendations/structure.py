"""Steps towards code that can be changed and systems that carry ten times the load."""

from __future__ import annotations

from scanner.core.checks import Effort
from scanner.core.stages import Stage
from scoring.recommendations.step import Step

_WORKLOAD = """\
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: api
          resources:
            requests: {cpu: 250m, memory: 256Mi}
            limits: {memory: 512Mi}
          readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
          livenessProbe: {httpGet: {path: /live, port: 8080}, periodSeconds: 10, failureThreshold: 6}
"""

_LOAD_TEST = """\
// load/smoke.js, run nightly: k6 run load/smoke.js
import http from 'k6/http';
export const options = {
  stages: [{ duration: '2m', target: 100 }, { duration: '5m', target: 100 }],
  thresholds: { http_req_failed: ['rate<0.01'], http_req_duration: ['p(95)<500'] },
};
export default function () { http.get(`${__ENV.BASE_URL}/health`); }
"""

STEPS = (
    Step(
        id="REC-21",
        title="Write tests for the modules that no test touches, those that change most first",
        stage=Stage.ARCHITECTURE,
        addresses=("ARC-007", "ARC-008", "ARC-017"),
        effort=Effort(5, each=5, per="repository", spread=3.0),
        owner_role="Team leads",
        kpi="ARC-007",
        target=70.0,
        prerequisites=("REC-14",),
    ),
    Step(
        id="REC-22",
        title="Break up the complex files that change most, under tests",
        stage=Stage.ARCHITECTURE,
        addresses=("ARC-003", "ARC-001", "ARC-002", "ARC-013", "ARC-014", "ARC-015", "ARC-016"),
        effort=Effort(3, each=1, per="finding", spread=3.0),
        owner_role="Lead architect",
        kpi="ARC-003",
        target=70.0,
        prerequisites=("REC-21",),
    ),
    Step(
        id="REC-23",
        title="Cut import cycles and draw module borders along what changes together",
        stage=Stage.ARCHITECTURE,
        addresses=(
            "ARC-004",
            "ARC-005",
            "ARC-006",
            "ARC-019",
            "ARC-020",
            "ARC-022",
            "SCA-009",
            "SCA-017",
            "SCA-018",
        ),
        effort=Effort(5, each=1, per="finding", spread=3.0),
        owner_role="Lead architect",
        kpi="ARC-004",
        target=75.0,
        prerequisites=("REC-21",),
    ),
    Step(
        id="REC-24",
        title="State every service's interface as a contract and check changes against it in the pipeline",
        stage=Stage.ARCHITECTURE,
        addresses=("ARC-012",),
        effort=Effort(1, each=2, per="repository"),
        owner_role="Lead architect",
        kpi="ARC-012",
        prerequisites=("REC-14",),
    ),
    Step(
        id="REC-25",
        title="Turn TODO marks into issues, or remove them",
        stage=Stage.ARCHITECTURE,
        addresses=("ARC-009",),
        effort=Effort(0.5, each=0.5, per="repository"),
        owner_role="Team leads",
        kpi="ARC-009",
        target=80.0,
    ),
    Step(
        id="REC-72",
        title="Remove the modules that no program contains",
        stage=Stage.ARCHITECTURE,
        addresses=("ARC-021",),
        effort=Effort(0.5, each=0.1, per="finding"),
        owner_role="Team leads",
        kpi="ARC-021",
        target=85.0,
    ),
    Step(
        id="REC-26",
        title="Run every workload as two or more replicas with limits, requests and health probes",
        stage=Stage.SCALABILITY,
        addresses=("SCA-001", "SCA-002", "SCA-005"),
        effort=Effort(1, each=0.5, per="finding"),
        owner_role="Platform engineer",
        kpi="SCA-001",
        target=90.0,
        prerequisites=("REC-27",),
        fix=_WORKLOAD,
    ),
    Step(
        id="REC-27",
        title="Take hosts, addresses and state out of the code and off the service's own disk",
        stage=Stage.SCALABILITY,
        addresses=("SCA-006", "SCA-007"),
        effort=Effort(1, each=0.25, per="finding"),
        owner_role="Team leads",
        kpi="SCA-006",
    ),
    Step(
        id="REC-28",
        title="Test under load in the pipeline, and learn which part gives way first",
        stage=Stage.SCALABILITY,
        addresses=("SCA-011", "SCA-012", "SCA-013"),
        effort=Effort(5, each=3, per="repository"),
        owner_role="Platform engineer",
        kpi="SCA-011",
        target=80.0,
        prerequisites=("REC-14",),
        fix=_LOAD_TEST,
    ),
    Step(
        id="REC-29",
        title="Remove queries in loops, unbounded reads and blocking calls; put a cache or queue before what stores data",
        stage=Stage.SCALABILITY,
        addresses=("SCA-003", "SCA-004"),
        effort=Effort(2, each=0.5, per="finding"),
        owner_role="Team leads",
        kpi="SCA-003",
        target=80.0,
    ),
    Step(
        id="REC-30",
        title="Keep every change of the database schema as an ordered migration in the repository",
        stage=Stage.SCALABILITY,
        addresses=("SCA-008",),
        effort=Effort(1, each=2, per="repository"),
        owner_role="Team leads",
        kpi="SCA-008",
    ),
    Step(
        id="REC-71",
        title="Loosen what ties the services together: one owner for each data store, no circles between repositories",
        stage=Stage.SCALABILITY,
        addresses=("ARC-018", "SCA-014", "SCA-015"),
        effort=Effort(5, each=8, per="finding", spread=3.0),
        owner_role="Lead architect",
        kpi="SCA-015",
        target=80.0,
        prerequisites=("REC-24",),
    ),
)
