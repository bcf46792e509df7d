"""The graph as RDF, in the vocabularies that others know (ELI, ORG, PROV, SKOS, Dublin Core) and one of its own.

    terms       what things are called: namespaces, the resources of nodes and edges
    ntriples    the graph as lines of N-Triples, one node or edge after the other
    vocabulary  what the terms mean, in Vietnamese and English
    syntax      the same as Turtle, TriG, JSON-LD, or as an rdflib graph
    reading     back from RDF to the graph
    shapes      SHACL shapes of such a file; `validation` runs them
    store       the graph for SPARQL; `worker` is the process that answers

A node is a resource; an edge is a triple and a statement about that triple (rdf:Statement), which carries the edge's
own properties and where it was read. A list stands twice: a triple for each value, and whole, in order, as rdf:JSON.
"""
