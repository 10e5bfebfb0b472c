-- Who asks: $1 is the hash of the session's token. No row: nobody is signed in.
-- The holders are the names under which the person has part (app/rules/roles.py, Seat.holders).
SELECT p.id, p.name, (SELECT version FROM policy_version) AS policy,
  (SELECT role FROM administrator WHERE person_id = p.id) AS administrator,
  EXISTS (SELECT FROM delegation d WHERE d.delegate_id = p.id AND d.withdrawn_at IS NULL
    AND d.starts_at <= now() AND d.ends_at > now()) AS lent,
  ARRAY(
    SELECT h FROM appointment a CROSS JOIN LATERAL unnest(ARRAY[
      a.group_id || '/' || a.role,
      CASE
        WHEN a.role IN ('deputy_in_charge', 'deputy') THEN a.group_id || '/deputies'
        WHEN a.role IN ('office_director', 'office_deputy_director', 'department_head', 'department_staff')
          THEN a.group_id || '/office'
        WHEN a.role IN ('unit_head', 'liaison', 'responsible') THEN a.group_id || '/unit/' || a.unit_id
      END,
      CASE WHEN a.role IN ('office_director', 'office_deputy_director', 'department_head', 'department_staff')
        THEN a.group_id || '/department/' || a.unit_id END
    ]) h
    WHERE a.person_id = p.id AND h IS NOT NULL
      AND a.starts_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
      AND (a.ends_on IS NULL OR a.ends_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
  ) || ('person/' || p.id) AS holders
FROM session s JOIN person p ON p.id = s.person_id AND p.active
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > now()
