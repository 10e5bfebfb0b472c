WITH rung (due_on, rung) AS (VALUES ($1::date, 1), ($2::date, 3), ($3::date, 5), ($4::date, 10)),
said (rung, zh, en) AS (
    VALUES (1, '已逾期1个工作日', '1 working day late'), (3, '已逾期3个工作日', '3 working days late'),
           (5, '已逾期5个工作日', '5 working days late'), (10, '已逾期10个工作日', '10 working days late')
),
seat AS (
    SELECT group_id, unit_id, role, person_id FROM appointment
    WHERE starts_on <= $5 AND (ends_on IS NULL OR ends_on >= $5)
),
general AS (
    SELECT seat.group_id, seat.person_id FROM seat JOIN leading_group g ON g.id = seat.group_id
    WHERE seat.unit_id = (g.settings ->> 'general_affairs')::uuid
),
holder (group_id, person_id, holder) AS (
    SELECT group_id, person_id, group_id || '/' || role FROM seat
    UNION SELECT group_id, person_id, group_id || '/unit/' || unit_id FROM seat WHERE role IN ('unit_head', 'liaison')
    UNION SELECT group_id, person_id, group_id || '/office' FROM seat
          WHERE role IN ('office_director', 'department_head', 'department_staff')
),
late AS (
    SELECT task.id, task.group_id, task.noun, task.object_id, task.holder, task.due_version, task.due_on, task.clause,
           task.kind, rung.rung, split_part(task.holder, '/', 3)::uuid AS unit_id
    FROM task JOIN rung USING (due_on)
    WHERE task.closed_at IS NULL AND task.opened_at < $6 AND NOT EXISTS (
        SELECT 1 FROM reminder r
        WHERE r.task_id = task.id AND r.due_version = task.due_version AND r.rung = rung.rung
    )
),
reach AS (
    SELECT late.*, seat.person_id, '承办人' AS zh, 'the assignee' AS en
    FROM late JOIN seat USING (group_id, unit_id) WHERE rung = 1 AND seat.role = 'liaison'
    UNION ALL
    SELECT late.*, general.person_id, '联络员即承办人本人,转综合部',
           'the liaison officer is the assignee, so it goes to General Affairs'
    FROM late JOIN general USING (group_id) WHERE rung = 1
    UNION ALL
    SELECT late.*, seat.person_id, '单位负责人', 'the head of the unit'
    FROM late JOIN seat USING (group_id, unit_id) WHERE rung = 3 AND seat.role = 'unit_head'
    UNION ALL
    SELECT late.*, general.person_id, '综合部', 'General Affairs' FROM late JOIN general USING (group_id) WHERE rung = 3
    UNION ALL
    SELECT late.*, seat.person_id, '办公室主任', 'the office director'
    FROM late JOIN seat USING (group_id) WHERE rung = 5 AND seat.role = 'office_director'
    UNION ALL
    SELECT late.*, seat.person_id, '分管副组长', 'the deputy in charge'
    FROM late JOIN seat USING (group_id) WHERE rung = 10 AND seat.role = 'deputy_in_charge'
),
new AS (
    INSERT INTO reminder (id, task_id, object_id, holder, due_version, rung, recipient_id, in_person, fired_at)
    SELECT gen_random_uuid(), id, object_id, holder, due_version, rung, person_id, false, $7::timestamptz FROM reach
    ON CONFLICT DO NOTHING
    RETURNING task_id, rung, recipient_id
),
seen AS (
    SELECT DISTINCT part.object_id, holder.group_id, holder.person_id FROM part JOIN holder USING (holder)
    WHERE part.in_force AND part.object_id IN (SELECT object_id FROM late)
)
INSERT INTO outbox (id, dedupe, event, channel, person_id, group_id, noun, object_id, payload, created_at, due_at,
                    attempts, error)
SELECT gen_random_uuid(),
       concat_ws(':', 'chase', reach.id, reach.due_version, reach.rung, reach.person_id, channel), 'task.remind',
       channel, reach.person_id, reach.group_id, CASE WHEN seen.object_id IS NULL THEN '' ELSE reach.noun END,
       seen.object_id,
       json_build_object('kind', reach.kind, 'kind_zh', '报告办结', 'kind_en', 'Completion report', 'rung', reach.rung,
                         'in_person', false, 'reason_zh', reach.zh, 'reason_en', reach.en, 'clause', 'C2',
                         'zh', said.zh, 'en', said.en, 'task_id', reach.id, 'due_version', reach.due_version,
                         'due_on', reach.due_on, 'task_clause', reach.clause),
       $7, $7, 0, ''
FROM new
JOIN reach ON reach.id = new.task_id AND reach.rung = new.rung AND reach.person_id = new.recipient_id
JOIN said ON said.rung = reach.rung
LEFT JOIN seen ON seen.object_id = reach.object_id AND seen.group_id = reach.group_id
              AND seen.person_id = reach.person_id
CROSS JOIN (VALUES ('inapp'), ('mail')) AS ways (channel)
