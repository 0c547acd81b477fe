package io.countersign.ops.audit;

/**
 * Where decoders of single records begin: what every record starts with goes to the sink.
 */
interface RecordSink
{
    /**
     * A record begins.
     *
     * @param type      name of its template.
     * @param principal that it is about, null for none.
     * @return takes its other fields.
     */
    FieldSink begin(String type, Span principal);
}
