// What is measured of a network would be measured of the machine, were anything else at work.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
