-- Who asks: $1 is the hash of the session's token. No row: nobody is signed in.
-- One JSON text; from the posts the endpoint makes the names under which the person has part (app/rules/roles.py).
SELECT row_to_json(who) FROM (
  SELECT p.id, p.name, (SELECT version FROM policy_version) AS policy,
    (SELECT role FROM administrator WHERE person_id = p.id) AS administrator,
    EXISTS (SELECT FROM delegation d WHERE d.delegate_id = p.id AND d.withdrawn_at IS NULL
      AND d.starts_at <= now() AND d.ends_at > now()) AS lent,
    ARRAY(
      SELECT a.role || ' ' || a.group_id || ' ' || coalesce(a.unit_id::text, '') FROM appointment a
      WHERE a.person_id = p.id AND a.starts_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
        AND (a.ends_on IS NULL OR a.ends_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
    ) AS seats
  FROM session s JOIN person p ON p.id = s.person_id AND p.active
  WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > now()
) who
