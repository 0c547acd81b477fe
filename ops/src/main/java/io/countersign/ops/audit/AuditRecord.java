package io.countersign.ops.audit;

/**
 * One record of the journal, decoded.
 *
 * @param sequence  of the record.
 * @param utcNs     nanoseconds since 1970 UTC.
 * @param type      name of its template in the journal's schema.
 * @param principal it is about, null when the template has none.
 * @param key       it is about, null when the template has none.
 * @param fields    the other fields.
 */
record AuditRecord(long sequence, long utcNs, String type, String principal, String key, Fields fields)
{
    boolean isAllowed()
    {
        return "Intent".equals(type) || "Outcome".equals(type) || "Interrupted".equals(type);
    }

    boolean isDenied()
    {
        return "Denial".equals(type) || "SessionRefused".equals(type) ||
            "CommandRefused".equals(type) || "AccessTokenRefused".equals(type);
    }
}
