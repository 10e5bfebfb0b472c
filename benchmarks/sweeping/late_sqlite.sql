CREATE TEMP TABLE seat AS
SELECT group_id, unit_id, role, person_id,
       substr(group_id, 1, 8) || '-' || substr(group_id, 9, 4) || '-' || substr(group_id, 13, 4) || '-'
           || substr(group_id, 17, 4) || '-' || substr(group_id, 21) AS grp,
       substr(unit_id, 1, 8) || '-' || substr(unit_id, 9, 4) || '-' || substr(unit_id, 13, 4) || '-'
           || substr(unit_id, 17, 4) || '-' || substr(unit_id, 21) AS unit,
       substr(person_id, 1, 8) || '-' || substr(person_id, 9, 4) || '-' || substr(person_id, 13, 4) || '-'
           || substr(person_id, 17, 4) || '-' || substr(person_id, 21) AS person
FROM appointment
WHERE starts_on <= :today AND (ends_on IS NULL OR ends_on >= :today)
;
CREATE TEMP TABLE late AS
WITH rung (due_on, rung, said_zh, said_en) AS (
    VALUES (:due_1, 1, '已逾期1个工作日', '1 working day late'), (:due_3, 3, '已逾期3个工作日', '3 working days late'),
           (:due_5, 5, '已逾期5个工作日', '5 working days late'), (:due_10, 10, '已逾期10个工作日', '10 working days late')
)
SELECT task.id, task.group_id, task.noun, task.object_id, task.holder, task.due_version, task.due_on, task.clause,
       task.kind, rung.rung, said_zh, said_en, substr(task.holder, 43) AS unit,
       substr(id, 1, 8) || '-' || substr(id, 9, 4) || '-' || substr(id, 13, 4) || '-' || substr(id, 17, 4) || '-'
           || substr(id, 21) AS task
FROM task JOIN rung USING (due_on)
WHERE task.closed_at IS NULL AND task.opened_at < :end AND NOT EXISTS (
    SELECT 1 FROM reminder r WHERE r.task_id = task.id AND r.due_version = task.due_version AND r.rung = rung.rung
)
;
CREATE TEMP TABLE reach AS
WITH general AS (
    SELECT seat.group_id, seat.person_id, seat.person FROM seat JOIN leading_group g ON g.id = seat.group_id
    WHERE seat.unit = g.settings ->> 'general_affairs'
)
SELECT late.*, seat.person_id, seat.person, '承办人' AS zh, 'the assignee' AS en
FROM late JOIN seat USING (group_id, unit) WHERE rung = 1 AND seat.role = 'liaison'
UNION ALL
SELECT late.*, general.person_id, general.person, '联络员即承办人本人,转综合部',
       'the liaison officer is the assignee, so it goes to General Affairs'
FROM late JOIN general USING (group_id) WHERE rung = 1
UNION ALL
SELECT late.*, seat.person_id, seat.person, '单位负责人', 'the head of the unit'
FROM late JOIN seat USING (group_id, unit) WHERE rung = 3 AND seat.role = 'unit_head'
UNION ALL
SELECT late.*, general.person_id, general.person, '综合部', 'General Affairs'
FROM late JOIN general USING (group_id) WHERE rung = 3
UNION ALL
SELECT late.*, seat.person_id, seat.person, '办公室主任', 'the office director'
FROM late JOIN seat USING (group_id) WHERE rung = 5 AND seat.role = 'office_director'
UNION ALL
SELECT late.*, seat.person_id, seat.person, '分管副组长', 'the deputy in charge'
FROM late JOIN seat USING (group_id) WHERE rung = 10 AND seat.role = 'deputy_in_charge'
;
CREATE INDEX temp.reach_key ON reach (id, rung, person_id)
;
INSERT INTO reminder (id, task_id, object_id, holder, due_version, rung, recipient_id, in_person, reason, fired_at)
SELECT lower(hex(randomblob(16))), id, object_id, holder, due_version, rung, person_id, 0, '', :instant FROM reach
WHERE true
ON CONFLICT DO NOTHING
;
INSERT INTO outbox (id, dedupe, event, channel, person_id, group_id, noun, object_id, payload, created_at, due_at,
                    attempts, error)
WITH ways (channel) AS (VALUES ('inapp'), ('mail')),
holder (group_id, person_id, holder) AS (
    SELECT group_id, person_id, grp || '/' || role FROM seat
    UNION SELECT group_id, person_id, grp || '/unit/' || unit FROM seat WHERE role IN ('unit_head', 'liaison')
    UNION SELECT group_id, person_id, grp || '/office' FROM seat
          WHERE role IN ('office_director', 'department_head', 'department_staff')
),
seen AS MATERIALIZED (
    SELECT DISTINCT part.object_id, holder.group_id, holder.person_id FROM part JOIN holder USING (holder)
    WHERE part.in_force AND part.object_id IN (SELECT object_id FROM late)
)
SELECT lower(hex(randomblob(16))),
       'chase:' || reach.task || ':' || reach.due_version || ':' || reach.rung || ':' || reach.person || ':' || channel,
       'task.remind', channel, reach.person_id, reach.group_id, iif(seen.object_id IS NULL, '', reach.noun),
       seen.object_id,
       json_object('kind', reach.kind, 'kind_zh', '报告办结', 'kind_en', 'Completion report', 'rung', reach.rung,
                   'in_person', json('false'), 'reason_zh', reach.zh, 'reason_en', reach.en, 'clause', 'C2',
                   'zh', said_zh, 'en', said_en, 'task_id', reach.task, 'due_version', reach.due_version,
                   'due_on', reach.due_on, 'task_clause', reach.clause),
       :instant, :instant, 0, ''
FROM reminder r
JOIN reach ON reach.id = r.task_id AND reach.rung = r.rung AND reach.person_id = r.recipient_id
LEFT JOIN seen ON seen.object_id = reach.object_id AND seen.group_id = reach.group_id
              AND seen.person_id = reach.person_id
CROSS JOIN ways
WHERE r.fired_at = :instant
