-- One meeting ($2) with agenda, opinions, documents and attendance. $1: holders.
SELECT '{"data":{"node":' || coalesce((
    SELECT row_to_json(x) FROM (
      SELECT 'Meeting_' || encode(uuid_send(m.id), 'hex') AS id, m.title, upper(m.form) AS form,
        upper(m.state) AS state,
        m.starts_at AS "startsAt",
        m.ends_at AS "endsAt",
        m.place,
        (SELECT row_to_json(y) FROM (
          SELECT 'Person_' || encode(uuid_send(p.id), 'hex') AS id, p.name
          FROM person p WHERE p.id = m.presider_id
        ) y) AS presider,
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT 'AgendaItem_' || encode(uuid_send(i.id), 'hex') AS id,
            CASE WHEN i.state <> 'removed' THEN
              count(*) FILTER (WHERE i.state <> 'removed') OVER (ORDER BY i.position, i.id) END AS number,
            (SELECT row_to_json(z) FROM (
              SELECT 'Motion_' || encode(uuid_send(t.id), 'hex') AS id, t.title, upper(t.state) AS state,
                (SELECT row_to_json(w) FROM (SELECT u.name FROM unit u WHERE u.id = t.proposing_unit_id) w)
                  AS "proposingUnit",
                (SELECT coalesce(json_agg(w), '[]') FROM (
                  SELECT upper(nullif(o.position, '')) AS position, o.text,
                    (SELECT row_to_json(v) FROM (SELECT u.name FROM unit u WHERE u.id = o.unit_id) v) AS unit
                  FROM opinion o
                  WHERE o.motion_id = t.id AND EXISTS (
                    SELECT FROM part p WHERE p.object_id = o.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
                  ORDER BY o.id
                ) w) AS opinions
              FROM motion t WHERE t.id = i.motion_id AND EXISTS (
                SELECT FROM part p WHERE p.object_id = t.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
            ) z) AS motion
          FROM item i
          WHERE i.meeting_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = i.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
          ORDER BY i.position, i.id
        ) y) AS items,
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT 'Document_' || encode(uuid_send(d.id), 'hex') AS id, d.title, d.number,
            upper(d.state) AS state
          FROM document d
          WHERE d.meeting_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = d.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
          ORDER BY d.id
        ) y) AS documents,
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT upper(a.state) AS state, a.capacity,
            a.signed_in_at AS "signedInAt",
            a.late,
            (SELECT row_to_json(z) FROM (
              SELECT 'Unit_' || encode(uuid_send(u.id), 'hex') AS id, u.name
              FROM unit u WHERE u.id = a.unit_id
            ) z) AS unit
          FROM attendance a
          WHERE a.meeting_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = a.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
          ORDER BY a.id
        ) y) AS attendances
      FROM meeting m
      WHERE m.id = $2::uuid AND EXISTS (
        SELECT FROM part p WHERE p.object_id = m.id AND p.in_force AND (p.holder = ANY($1::text[])) IS TRUE OFFSET 0)
    ) x
  )::text, 'null') || '}}'
