-- One meeting ($2) with agenda, opinions, documents and attendance. $1: holders.
SELECT '{"data":{"node":' || coalesce((
    SELECT row_to_json(x) FROM (
      SELECT rtrim(encode(('Meeting:' || m.id)::bytea, 'base64'), '=') AS id, m.title, upper(m.form) AS form,
        upper(m.state) AS state,
        CASE WHEN date_trunc('second', m.starts_at) = m.starts_at THEN
          to_char(m.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
        ELSE to_char(m.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') END AS "startsAt",
        CASE WHEN date_trunc('second', m.ends_at) = m.ends_at THEN
          to_char(m.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
        ELSE to_char(m.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') END AS "endsAt",
        m.place,
        (SELECT row_to_json(y) FROM (
          SELECT rtrim(encode(('Person:' || p.id)::bytea, 'base64'), '=') AS id, p.name
          FROM person p WHERE p.id = m.presider_id
        ) y) AS presider,
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT rtrim(encode(('AgendaItem:' || i.id)::bytea, 'base64'), '=') AS id,
            CASE WHEN i.state <> 'removed' THEN
              count(*) FILTER (WHERE i.state <> 'removed') OVER (ORDER BY i.position, i.id) END AS number,
            (SELECT row_to_json(z) FROM (
              SELECT rtrim(encode(('Motion:' || t.id)::bytea, 'base64'), '=') AS id, t.title, upper(t.state) AS state,
                (SELECT row_to_json(w) FROM (SELECT u.name FROM unit u WHERE u.id = t.proposing_unit_id) w)
                  AS "proposingUnit",
                (SELECT coalesce(json_agg(w), '[]') FROM (
                  SELECT upper(nullif(o.position, '')) AS position, o.text,
                    (SELECT row_to_json(v) FROM (SELECT u.name FROM unit u WHERE u.id = o.unit_id) v) AS unit
                  FROM opinion o
                  WHERE o.motion_id = t.id AND EXISTS (
                    SELECT FROM part p WHERE p.object_id = o.id AND p.in_force AND p.holder = ANY($1::text[]) OFFSET 0)
                  ORDER BY o.id
                ) w) AS opinions
              FROM motion t WHERE t.id = i.motion_id AND EXISTS (
                SELECT FROM part p WHERE p.object_id = t.id AND p.in_force AND p.holder = ANY($1::text[]) OFFSET 0)
            ) z) AS motion
          FROM item i
          WHERE i.meeting_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = i.id AND p.in_force AND p.holder = ANY($1::text[]) OFFSET 0)
          ORDER BY i.position, i.id
        ) y) AS items,
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT rtrim(encode(('Document:' || d.id)::bytea, 'base64'), '=') AS id, d.title, d.number,
            upper(d.state) AS state
          FROM document d
          WHERE d.meeting_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = d.id AND p.in_force AND p.holder = ANY($1::text[]) OFFSET 0)
          ORDER BY d.id
        ) y) AS documents,
        (SELECT coalesce(json_agg(y), '[]') FROM (
          SELECT upper(a.state) AS state, a.capacity,
            CASE WHEN date_trunc('second', a.signed_in_at) = a.signed_in_at THEN
              to_char(a.signed_in_at, 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
            ELSE to_char(a.signed_in_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') END AS "signedInAt",
            a.late,
            (SELECT row_to_json(z) FROM (
              SELECT rtrim(encode(('Unit:' || u.id)::bytea, 'base64'), '=') AS id, u.name
              FROM unit u WHERE u.id = a.unit_id
            ) z) AS unit
          FROM attendance a
          WHERE a.meeting_id = m.id AND EXISTS (
            SELECT FROM part p WHERE p.object_id = a.id AND p.in_force AND p.holder = ANY($1::text[]) OFFSET 0)
          ORDER BY a.id
        ) y) AS attendances
      FROM meeting m
      WHERE m.id = $2::uuid AND EXISTS (
        SELECT FROM part p WHERE p.object_id = m.id AND p.in_force AND p.holder = ANY($1::text[]) OFFSET 0)
    ) x
  )::text, 'null') || '}}'
