-- The two headline checks in SQL that DuckDB and SQLite both understand: services without an
-- accountable owner, supporting services that no customer-facing service stands on.
--
-- Before this the peer makes, with the keys that it profits by:
--   record(id, class, parent, owner, classification, consumer, operational, installed, stage,
--          stage_status)                 one row an item, coded fields trimmed and in small letters
--   relation(upper, lower, type)         cmdb_rel_ci
--   association(upper, lower)            svc_ci_assoc
--   party(id, name)                      persons and groups
--   item(id, parent, owner, tier, facing, is_offering, is_live)      empty
--   uses(upper, lower)                                               empty
-- After it, finding(rule, id) holds the answer.
--
-- The codes are those that the ServiceNow profile has for stored values. Labels ("Operational") and
-- names of relation types, which other exports have instead, are left out: that is to the peers'
-- advantage.

INSERT INTO item
SELECT id, parent, owner,
  CASE
    WHEN class IN ('spm_service_portfolio', 'spm_taxonomy_node') THEN 'portfolio'
    WHEN classification IN ('application service', 'service instance') THEN 'infrastructure'
    WHEN class IN ('cmdb_ci_service', 'cmdb_ci_service_business', 'cmdb_ci_service_technical',
                   'service_offering') THEN 'service'
    WHEN class LIKE 'u@_%' ESCAPE '@' OR class IN ('cmdb_ci', 'cmdb') THEN 'unmapped'
    ELSE 'infrastructure'
  END,
  CASE
    WHEN classification IN ('technical service', 'technology management service',
                            'technical_service') THEN 'supporting'
    WHEN classification IN ('business service', 'business_service') THEN 'customer'
    WHEN class = 'cmdb_ci_service_technical' THEN 'supporting'
    WHEN consumer IN ('external', 'internal') THEN 'customer'
    WHEN class = 'cmdb_ci_service_business' THEN 'customer'
    WHEN class = 'service_offering' THEN 'as its parent'
    ELSE 'unknown'
  END,
  class = 'service_offering',
  -- The first field that says something counts. What says nothing at all is taken for live.
  CASE
    WHEN stage_status IN ('in use', 'end of support', 'pending retirement') THEN TRUE
    WHEN stage_status IN ('retired', 'obsolete', 'on hold') THEN FALSE
    WHEN stage IN ('operational', 'operate') THEN TRUE
    WHEN stage IN ('ideation', 'purchase', 'inventory', 'design', 'deploy', 'end of operation',
                   'end of life') THEN FALSE
    WHEN operational IN ('1', '2', '3', '4', '5') THEN TRUE
    WHEN operational IN ('6', '7', '8') THEN FALSE
    WHEN installed IN ('0', '2', '4', '6', '7', '8', '100') THEN FALSE
    ELSE TRUE
  END
FROM record;

UPDATE item
SET facing = coalesce((SELECT above.facing FROM item AS above WHERE above.id = item.parent),
                      'unknown')
WHERE facing = 'as its parent';

CREATE TABLE kind(type VARCHAR, name VARCHAR, is_reversed BOOLEAN);
INSERT INTO kind VALUES
  ('1a9cb166f1571100a92eb60da2bce5c5', 'needs', FALSE),     -- Depends on::Used by
  ('60bc4e22c0a8010e01f074cbe6bd73c3', 'needs', FALSE),     -- Runs on::Runs
  ('5f985e0ec0a8010e00a9714f2a172815', 'needs', FALSE),     -- Hosted on::Hosts
  ('d93304fb0a0a0b78006081a72ef08444', 'needs', FALSE),     -- Virtualized by::Virtualizes
  ('cb5592603751200032ff8c00dfbe5d17', 'needs', FALSE),     -- Uses::Used by
  ('41008aa6ef32010098d5925495c0fb94', 'needs', FALSE),     -- Consumes::Consumed by
  ('4afd799338a02000c18673032c71b817', 'needs', FALSE),     -- Provided By::Provides
  ('aa9434870ab301544ce2943bf03fd7a8', 'needs', FALSE),     -- Registered on::Has registered
  ('f67e9ecdff602000dada361332f49d35', 'needs', TRUE),      -- Provides::Provided by
  ('de5aeb6a0ab3015854626f204fb7b1c0', 'needs', TRUE),      -- Defines resources for::Gets ... from
  ('015633570a0a0bc70029121512d46ede', 'needs', TRUE),      -- Cools::Cooled By
  ('55c95bf6c0a8010e0118ec7056ebc54d', 'contains', FALSE),  -- Contains::Contained by
  ('55c913d3c0a8010e012d1563182d6050', 'contains', FALSE),  -- Members::Member of
  ('a99d39118f10310091769012cbbe4429', 'contains', FALSE);  -- Cluster of::Cluster

-- Who stands on whom, among what is live. A portfolio only lists. A service and its offerings are
-- one. What a supporting service contains is what it looks after, and stands on it.
INSERT INTO uses
WITH link AS (
  SELECT CASE WHEN is_reversed THEN lower ELSE upper END AS upper,
         CASE WHEN is_reversed THEN upper ELSE lower END AS lower, name AS kind
  FROM relation JOIN kind ON relation.type = kind.type
  UNION ALL
  SELECT upper, lower, 'needs' FROM association
  UNION ALL
  SELECT parent, id, 'is part of' FROM item WHERE tier = 'service' AND parent <> ''
), live_link AS (
  SELECT a.rowid AS upper, b.rowid AS lower,
    link.kind <> 'needs' AND a.facing = 'supporting' AND a.tier = 'service'
      AND b.tier = 'infrastructure' AS serves,
    link.kind <> 'needs' AND b.is_offering AND a.tier = 'service' AS is_one
  FROM link JOIN item AS a ON a.id = link.upper JOIN item AS b ON b.id = link.lower
  WHERE a.is_live AND b.is_live AND (link.kind = 'needs' OR a.tier <> 'portfolio')
    AND (link.kind <> 'is part of' OR a.tier = 'service')
)
SELECT upper, lower FROM live_link WHERE NOT serves
UNION
SELECT lower, upper FROM live_link WHERE serves OR is_one;

CREATE TABLE finding(rule VARCHAR, id VARCHAR);

INSERT INTO finding
SELECT 'owner-missing', item.id
FROM item LEFT JOIN party ON party.id = item.owner
WHERE item.tier = 'service' AND item.is_live
  AND lower(trim(coalesce(nullif(party.name, ''), item.owner, ''))) IN
    ('', 'tbd', 'tba', 'tbc', 'n/a', 'na', 'none', 'null', 'nobody', 'unknown', 'unassigned',
     'not assigned', 'no owner', 'to be determined', 'to be defined', 'default owner',
     'placeholder', 'owner??', 'domain owner??', '-', '--', '?', '??', 'x', 'xxx');

-- A live service of unknown facing may serve customers: what it stands on is no orphan for certain.
INSERT INTO finding
WITH RECURSIVE reached(item) AS (
  SELECT rowid FROM item WHERE tier = 'service' AND is_live AND facing <> 'supporting'
  UNION
  SELECT uses.lower FROM reached JOIN uses ON uses.upper = reached.item
)
SELECT 'orphaned-supporting-service', id
FROM item
WHERE tier = 'service' AND is_live AND facing = 'supporting'
  AND rowid NOT IN (SELECT item FROM reached);
