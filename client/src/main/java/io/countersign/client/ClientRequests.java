package io.countersign.client;

/**
 * The requests that a client fills over and over, one of each kind.
 *
 * @param newOrder     a new order.
 * @param cancelOrder  a cancel.
 * @param cancelAll    a cancel of all open orders.
 * @param queryOrder   a query of an order.
 * @param queryOrders  a query of the open orders.
 * @param queryAccount a query of the account.
 * @param login        a log-on to the venue.
 * @param transaction  a transaction of a chain.
 */
record ClientRequests(
    NewOrderRequest newOrder,
    CancelOrderRequest cancelOrder,
    CancelAllRequest cancelAll,
    QueryOrderRequest queryOrder,
    QueryOrdersRequest queryOrders,
    QueryAccountRequest queryAccount,
    LoginRequest login,
    TransactionRequest transaction)
{
    static ClientRequests of(final RequestSender sender)
    {
        return new ClientRequests(
            new NewOrderRequest(sender),
            new CancelOrderRequest(sender),
            new CancelAllRequest(sender),
            new QueryOrderRequest(sender),
            new QueryOrdersRequest(sender),
            new QueryAccountRequest(sender),
            new LoginRequest(sender),
            new TransactionRequest(sender));
    }

    /** The same request, empty. */
    static <T extends Request<T>> T emptied(final T request)
    {
        request.reset();
        return request;
    }
}
