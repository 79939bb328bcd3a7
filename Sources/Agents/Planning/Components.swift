// Strongly connected components, and the parts of a decision process in which play can stay for ever.

/// The component of each vertex, numbered so that an edge never leads to a higher number (Tarjan 1972, without recursion).
///
/// `successors(v)` lists the heads of v's edges; it is asked once for each vertex.
func components(of count: Int, successors: (Int) -> [Int]) -> [Int] {
    var component = [Int](repeating: -1, count: count)
    var index = [Int](repeating: -1, count: count)
    var low = [Int](repeating: 0, count: count)
    var stack: [Int] = []
    var path: [(vertex: Int, edges: [Int], next: Int)] = []
    var visited = 0
    var found = 0
    func enter(_ vertex: Int) {
        index[vertex] = visited
        low[vertex] = visited
        visited += 1
        stack.append(vertex)
        path.append((vertex, successors(vertex), 0))
    }
    for root in 0..<count where index[root] < 0 {
        enter(root)
        while let top = path.last {
            if top.next < top.edges.count {
                path[path.count - 1].next += 1
                let head = top.edges[top.next]
                if index[head] < 0 {
                    enter(head)
                } else if component[head] < 0 {
                    low[top.vertex] = min(low[top.vertex], index[head])
                }
            } else {
                path.removeLast()
                if let below = path.last { low[below.vertex] = min(low[below.vertex], low[top.vertex]) }
                guard low[top.vertex] == index[top.vertex] else { continue }
                while let member = stack.popLast() {
                    component[member] = found
                    if member == top.vertex { break }
                }
                found += 1
            }
        }
    }
    return component
}

/// Sets of states, each with actions that keep play inside it for ever and reach all of it (de Alfaro 1997: end components).
struct EndComponents {
    /// [states]: −1 where play cannot stay.
    private(set) var component: [Int]
    /// [states · actions]: the action keeps play inside its state's component.
    private(set) var stays: [Bool]

    /// The largest ones made of the pairs for which `allowed` holds; a pair that may terminate never belongs to one.
    init(_ model: PlanningModel, where allowed: (Int) -> Bool) {
        let width = model.actionCount
        var stays = (0..<model.stateCount * width).map { !model.mayTerminate[$0] && allowed($0) }
        var component: [Int] = []
        var changed = true
        while changed {
            component = components(of: model.stateCount) { state in
                (state * width..<(state + 1) * width).flatMap { pair in
                    stays[pair] ? model.outcomes(pair).map { model.successor($0) } : []
                }
            }
            changed = false
            for pair in stays.indices where stays[pair] {
                let home = component[pair / width]
                if model.outcomes(pair).contains(where: { component[model.successor($0)] != home }) {
                    stays[pair] = false
                    changed = true
                }
            }
        }
        for state in 0..<model.stateCount where !stays[state * width..<(state + 1) * width].contains(true) {
            component[state] = -1
        }
        self.component = component
        self.stays = stays
    }
}
