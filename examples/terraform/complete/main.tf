# Two accounts with everything that usually stands around a peering. Alice's VPC has a public subnet with a web server, and a
# private one with a worker, which reaches outside by a NAT gateway. Bob's has the database that both ask, and a gateway of its own.

variable "name" {
  description = "What everything is called."
  default     = "shop"
}

variable "web_port" {
  description = "Where the web server listens for everybody."
  default     = 80
}

variable "database_port" {
  description = "Where the database listens for Alice's machines."
  default     = 5432
}

data "aws_availability_zones" "available" {
  state = "available"
}

data "aws_ami" "al2023" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["al2023-ami-2023.*-x86_64"]
  }
}

data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"] # Canonical

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"]
  }

  filter {
    name   = "virtualization-type"
    values = ["hvm"]
  }
}

# --- Alice's VPC -------------------------------------------------------------------------------------------------------

resource "aws_vpc" "shop" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = {
    Name = var.name
  }
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id

  tags = {
    Name = var.name
  }
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.shop.id
  cidr_block              = cidrsubnet(aws_vpc.shop.cidr_block, 8, 1)
  availability_zone       = data.aws_availability_zones.available.names[0]
  map_public_ip_on_launch = true

  tags = {
    Name = "${var.name}-public"
  }
}

resource "aws_subnet" "private" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 8, 2)
  availability_zone = data.aws_availability_zones.available.names[1]

  tags = {
    Name = "${var.name}-private"
  }
}

resource "aws_eip" "nat" {
  domain = "vpc"

  tags = {
    Name = "${var.name}-nat"
  }
}

resource "aws_nat_gateway" "shop" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id

  tags = {
    Name = var.name
  }

  # A public address stands for nothing as long as its VPC has no gateway.
  depends_on = [aws_internet_gateway.shop]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }

  route {
    cidr_block                = aws_vpc.database.cidr_block
    vpc_peering_connection_id = aws_vpc_peering_connection_accepter.this.id
  }

  tags = {
    Name = "${var.name}-public"
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.shop.id

  tags = {
    Name = "${var.name}-private"
  }
}

resource "aws_route" "private_out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.shop.id
}

resource "aws_route" "private_to_database" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = aws_vpc.database.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.this.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

# What stands at the border of the public subnet: it lets everything through, IPv6 too.
resource "aws_default_network_acl" "shop" {
  default_network_acl_id = aws_vpc.shop.default_network_acl_id

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  ingress {
    rule_no         = 101
    action          = "allow"
    protocol        = "-1"
    from_port       = 0
    to_port         = 0
    ipv6_cidr_block = "::/0"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  egress {
    rule_no         = 101
    action          = "allow"
    protocol        = "-1"
    from_port       = 0
    to_port         = 0
    ipv6_cidr_block = "::/0"
  }

  tags = {
    Name = "${var.name}-default"
  }

  # Subnets come and go without being named here.
  lifecycle {
    ignore_changes = [subnet_ids]
  }
}

# From elsewhere only answers come in here, to the ports that the worker asks from.
resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.shop.id
  subnet_ids = [aws_subnet.private.id]

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = aws_vpc.shop.cidr_block
  }

  ingress {
    rule_no    = 110
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  tags = {
    Name = "${var.name}-private"
  }
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "The web server, for everybody"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description      = "HTTP"
    protocol         = "tcp"
    from_port        = var.web_port
    to_port          = var.web_port
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }

  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_security_group" "worker" {
  name        = "worker"
  description = "The worker, for nobody"
  vpc_id      = aws_vpc.shop.id

  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }

  tags = {
    Name = "${var.name}-worker"
  }
}

resource "aws_instance" "web" {
  ami                    = data.aws_ami.al2023.id
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.web.id]

  metadata_options {
    http_tokens = "required"
  }

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_instance" "worker" {
  ami                    = data.aws_ami.ubuntu.id
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.worker.id]

  metadata_options {
    http_tokens = "required"
  }

  tags = {
    Name = "${var.name}-worker"
  }
}

# --- Bob's VPC ---------------------------------------------------------------------------------------------------------

data "aws_caller_identity" "bob" {
  provider = aws.bob
}

data "aws_availability_zones" "bob" {
  provider = aws.bob
  state    = "available"
}

resource "aws_vpc" "database" {
  provider   = aws.bob
  cidr_block = "10.1.0.0/16"

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_internet_gateway" "database" {
  provider = aws.bob
  vpc_id   = aws_vpc.database.id

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_subnet" "database" {
  provider          = aws.bob
  vpc_id            = aws_vpc.database.id
  cidr_block        = cidrsubnet(aws_vpc.database.cidr_block, 8, 1)
  availability_zone = data.aws_availability_zones.bob.names[0]

  tags = {
    Name = "${var.name}-database"
  }
}

# The VPC's main table.
resource "aws_default_route_table" "database" {
  provider               = aws.bob
  default_route_table_id = aws_vpc.database.default_route_table_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.database.id
  }

  route {
    cidr_block                = aws_vpc.shop.cidr_block
    vpc_peering_connection_id = aws_vpc_peering_connection_accepter.this.id
  }

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_security_group" "database" {
  provider    = aws.bob
  name        = "database"
  description = "The database, for the shop"
  vpc_id      = aws_vpc.database.id

  tags = {
    Name = "${var.name}-database"
  }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  provider          = aws.bob
  security_group_id = aws_security_group.database.id
  description       = "Alice's machines"
  ip_protocol       = "tcp"
  from_port         = var.database_port
  to_port           = var.database_port
  cidr_ipv4         = aws_vpc.shop.cidr_block
}

resource "aws_vpc_security_group_egress_rule" "database" {
  provider          = aws.bob
  for_each          = { ipv4 = "0.0.0.0/0", ipv6 = "::/0" }
  security_group_id = aws_security_group.database.id
  ip_protocol       = "-1"
  cidr_ipv4         = each.key == "ipv4" ? each.value : null
  cidr_ipv6         = each.key == "ipv6" ? each.value : null
}

resource "aws_instance" "database" {
  provider                    = aws.bob
  ami                         = data.aws_ami.ubuntu.id
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.database.id
  vpc_security_group_ids      = [aws_security_group.database.id]
  associate_public_ip_address = true

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = 20
    encrypted   = true
  }

  tags = {
    Name = "${var.name}-database"
  }

  # A public address can be had where its VPC has a gateway.
  depends_on = [aws_internet_gateway.database]
}

# --- Between them ------------------------------------------------------------------------------------------------------

resource "aws_vpc_peering_connection" "this" {
  vpc_id        = aws_vpc.shop.id
  peer_vpc_id   = aws_vpc.database.id
  peer_owner_id = data.aws_caller_identity.bob.account_id
  auto_accept   = false

  tags = {
    Name = var.name
    Side = "requester"
  }
}

resource "aws_vpc_peering_connection_accepter" "this" {
  provider                  = aws.bob
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
  auto_accept               = true

  tags = {
    Name = var.name
    Side = "accepter"
  }
}

resource "aws_vpc_peering_connection_options" "requester" {
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.this.id

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_vpc_peering_connection_options" "accepter" {
  provider                  = aws.bob
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.this.id

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}

# --- What is where -----------------------------------------------------------------------------------------------------

output "peering" {
  value = aws_vpc_peering_connection_accepter.this.id
}

output "worker" {
  value = aws_instance.worker.id
}

output "database_private_ip" {
  value = aws_instance.database.private_ip
}

output "web" {
  value = aws_instance.web.id
}

output "web_public_ip" {
  value = aws_instance.web.public_ip
}

# What the worker is seen as outside.
output "nat_public_ip" {
  value = aws_nat_gateway.shop.public_ip
}

output "database" {
  value = aws_instance.database.id
}

output "database_public_ip" {
  value = aws_instance.database.public_ip
}

output "private_route_table" {
  value = aws_route_table.private.id
}
