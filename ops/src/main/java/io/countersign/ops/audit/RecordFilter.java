package io.countersign.ops.audit;

/**
 * Which records to show.
 *
 * @param fromNs    first time, inclusive, in ns since 1970 UTC.
 * @param toNs      last time, exclusive.
 * @param principal that a record must name, also as the operator who acted, null for any.
 * @param key       that a record must name, null for any.
 * @param decision  that a record must carry or belong to, null for any.
 */
record RecordFilter(long fromNs, long toNs, String principal, String key, Decision decision)
{
    /**
     * What was decided on a request.
     */
    enum Decision
    {
        /** Intents and what became of them. */
        allowed,
        /** Requests, sessions, access tokens and commands that were refused. */
        denied
    }

    boolean shows(final AuditRecord record)
    {
        return record.utcNs() >= fromNs && record.utcNs() < toNs &&
            (null == principal || principal.equals(record.principal()) || isByOperator(record)) &&
            (null == key || key.equals(record.key())) &&
            (null == decision || (Decision.allowed == decision ? record.isAllowed() : record.isDenied()));
    }

    private boolean isByOperator(final AuditRecord record)
    {
        return record.fields().list().stream().anyMatch(
            (field) -> "operatorName".equals(field.name()) && principal.equals(field.value()));
    }
}
